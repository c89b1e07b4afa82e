//! How full each file system is. A file system that hangs (a dead NFS server) blocks the thread that asks and
//! nothing else: every question has its own thread, and no second one is asked while the first is open.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use nix::sys::statvfs::statvfs;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::super::wire::{Disk, Room, Use};
use super::mounts;
use crate::domain::harmless;

/// How long all file systems together may take to answer in one poll.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// The longest mount point that is shown, in characters.
const LONGEST: usize = 200;

/// `None` means that it is no file system to watch after all.
type Answer = Result<Option<Room>, String>;

/// The open questions.
pub struct Spaces {
    ignore: Vec<String>,
    open: BTreeMap<PathBuf, oneshot::Receiver<Answer>>,
}

impl Spaces {
    /// Leaves out the mount points in `ignore`.
    pub fn new(ignore: &[String]) -> Self {
        Self { ignore: ignore.to_vec(), open: BTreeMap::new() }
    }

    /// All watched file systems, sorted by mount point; `None` if they could not be listed.
    pub async fn read(&mut self, notes: &mut Vec<String>) -> Option<Vec<Disk>> {
        let mut points = match list(&self.ignore).await {
            Ok(points) => points,
            Err(why) => {
                notes.push(format!("file systems could not be listed: {why}"));
                return None;
            }
        };
        if points.len() > mounts::MOST {
            notes.push(format!("{} file systems are mounted; the first {} are watched", points.len(), mounts::MOST));
            points.truncate(mounts::MOST);
        }
        for point in &points {
            self.open.entry(point.clone()).or_insert_with(|| ask(point.clone()));
        }
        let until = Instant::now() + PATIENCE;
        let mut disks = Vec::with_capacity(points.len());
        for point in points {
            let room = match self.answer(&point, until).await {
                Ok(Some(room)) => Ok(room),
                Ok(None) => continue,
                Err(why) => Err(why),
            };
            disks.push(Disk { mount: harmless::line(&point.to_string_lossy(), LONGEST).into_owned(), room });
        }
        Some(disks)
    }

    async fn answer(&mut self, point: &Path, until: Instant) -> Answer {
        let Some(waiting) = self.open.get_mut(point) else { return Ok(None) };
        let Ok(answer) = tokio::time::timeout_at(until, waiting).await else {
            return Err("the file system does not answer; is its server reachable?".to_owned());
        };
        self.open.remove(point);
        answer.unwrap_or_else(|_| Err("the thread that asked is gone".to_owned()))
    }
}

/// A plain thread and not the runtime's pool: one that hangs forever must not keep the program from ending.
fn ask(point: PathBuf) -> oneshot::Receiver<Answer> {
    let (tell, told) = oneshot::channel();
    let thread = std::thread::Builder::new().name("statvfs".to_owned());
    // If no thread can be made the sender is dropped, which the asker sees.
    let _ = thread.spawn(move || tell.send(room_of(&point)));
    told
}

fn room_of(point: &Path) -> Answer {
    // A file bound into a container (`/etc/hosts`) is no file system of its own.
    if !std::fs::metadata(point).map_err(|error| error.to_string())?.is_dir() {
        return Ok(None);
    }
    let told = statvfs(point).map_err(|error| error.desc().to_owned())?;
    let (blocks, free) = (wide(told.blocks()), wide(told.blocks_free()));
    if blocks == 0 {
        return Ok(None);
    }
    let used = blocks.saturating_sub(free);
    let open = wide(told.blocks_available());
    let size = wide(told.fragment_size());
    let bytes = |blocks: u64| blocks.saturating_mul(size);
    let (files, free_files) = (wide(told.files()), wide(told.files_free()));
    Ok(Some(Room {
        space: Use { used: bytes(used), total: bytes(used.saturating_add(open)) },
        inodes: (files > 0).then(|| Use { used: files.saturating_sub(free_files), total: files }),
    }))
}

/// The width of these numbers is the system's.
fn wide(number: impl Into<u64>) -> u64 {
    number.into()
}

#[cfg(target_os = "linux")]
async fn list(ignore: &[String]) -> Result<Vec<PathBuf>, String> {
    let info = tokio::fs::read("/proc/self/mountinfo").await.map_err(|error| error.to_string())?;
    Ok(mounts::watched(&info, ignore))
}

/// Elsewhere sysinfo knows them. It asks the file systems itself, so it gets a thread and a deadline too.
#[cfg(not(target_os = "linux"))]
async fn list(ignore: &[String]) -> Result<Vec<PathBuf>, String> {
    let (tell, told) = oneshot::channel();
    let thread = std::thread::Builder::new().name("mounts".to_owned());
    let listing = move || {
        let disks = sysinfo::Disks::new_with_refreshed_list().map_err(|error| error.to_string());
        let points = disks.map(|disks| disks.iter().map(|disk| disk.mount_point().to_owned()).collect::<Vec<_>>());
        let _ = tell.send(points);
    };
    thread.spawn(listing).map_err(|error| error.to_string())?;
    let answer = tokio::time::timeout(PATIENCE, told).await.map_err(|_| "no answer in time".to_owned())?;
    let mut points = answer.map_err(|_| "the thread that asked is gone".to_owned())??;
    points.retain(|point| !ignore.iter().any(|name| point.as_path() == Path::new(name)));
    points.sort();
    points.dedup();
    Ok(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_has_room_and_what_is_not_there_says_so() {
        let room = room_of(Path::new("/")).unwrap().unwrap();
        assert!(room.space.total > 0 && room.space.used <= room.space.total, "{room:?}");
        assert!(room_of(Path::new("/nowhere/at/all")).is_err());
        assert_eq!(room_of(Path::new("/proc")), Ok(None));
    }

    #[tokio::test(start_paused = true)]
    async fn a_file_system_that_hangs_is_unknown_and_asked_once() {
        let mut spaces = Spaces::new(&[]);
        let (never, waiting) = oneshot::channel::<Answer>();
        spaces.open.insert(PathBuf::from("/hung"), waiting);
        let asked = spaces.answer(Path::new("/hung"), Instant::now() + PATIENCE).await;
        assert!(asked.unwrap_err().contains("does not answer"));
        assert!(spaces.open.contains_key(Path::new("/hung")));
        never.send(Ok(None)).unwrap();
        assert_eq!(spaces.answer(Path::new("/hung"), Instant::now() + PATIENCE).await, Ok(None));
        assert!(spaces.open.is_empty());
    }
}
