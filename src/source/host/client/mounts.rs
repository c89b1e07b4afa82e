//! Which file systems are worth watching, from `/proc/self/mountinfo` (proc(5)).

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// The most file systems that are watched.
pub const MOST: usize = 64;

/// File systems that hold no data of their own, can never be written to, or are somebody's view of another.
const PSEUDO: [&str; 44] = [
    "autofs",
    "binder",
    "binfmt_misc",
    "bpf",
    "cgroup",
    "cgroup2",
    "configfs",
    "cramfs",
    "debugfs",
    "devpts",
    "devtmpfs",
    "efivarfs",
    "erofs",
    "fuse.gvfsd-fuse",
    "fuse.lxcfs",
    "fuse.portal",
    "fuse.rootlesskit",
    "fuse.snapfuse",
    "fuse.squashfuse",
    "fuse.squashfuse_ll",
    "fusectl",
    "hugetlbfs",
    "iso9660",
    "mqueue",
    "nfsd",
    "none",
    "nsfs",
    "overlay",
    "pipefs",
    "proc",
    "pstore",
    "ramfs",
    "rootfs",
    "rpc_pipefs",
    "securityfs",
    "selinuxfs",
    "smackfs",
    "sockfs",
    "squashfs",
    "sysfs",
    "tmpfs",
    "tracefs",
    "udf",
    "vboxsf",
];

/// Where a file system of memory or layers counts all the same: it is where programs write.
const KEPT: [(&str, &str); 2] = [("overlay", "/"), ("tmpfs", "/tmp")];

/// The mount points that are watched, sorted, each file system once by its shortest one.
pub fn watched(mountinfo: &[u8], ignore: &[String]) -> Vec<PathBuf> {
    let mut last_at: BTreeMap<PathBuf, Mount> = BTreeMap::new();
    for mount in mountinfo.split(|byte| *byte == b'\n').filter_map(Mount::read) {
        // A later mount hides an earlier one at the same place.
        last_at.insert(mount.point.clone(), mount);
    }
    let mut by_device: BTreeMap<Vec<u8>, PathBuf> = BTreeMap::new();
    for (point, mount) in last_at {
        if !mount.is_worth(ignore) {
            continue;
        }
        let known = by_device.entry(mount.device).or_insert_with(|| point.clone());
        if point.as_os_str().len() < known.as_os_str().len() {
            *known = point;
        }
    }
    let mut points: Vec<PathBuf> = by_device.into_values().collect();
    points.sort();
    points
}

struct Mount {
    device: Vec<u8>,
    point: PathBuf,
    kind: Vec<u8>,
}

impl Mount {
    /// `36 35 98:0 /root /point opts optional… - type source superopts`
    fn read(line: &[u8]) -> Option<Self> {
        let mut words = line.split(|byte| *byte == b' ');
        let device = words.nth(2)?.to_vec();
        let point = PathBuf::from(OsString::from_vec(unescape(words.nth(1)?)));
        let kind = words.skip_while(|word| *word != b"-").nth(1)?.to_vec();
        Some(Self { device, point, kind })
    }

    fn is_worth(&self, ignore: &[String]) -> bool {
        let is = |name: &str| name.as_bytes() == self.kind;
        let kept = KEPT.iter().any(|(kind, point)| is(kind) && self.point == Path::new(point));
        let ignored = ignore.iter().any(|path| self.point.as_os_str().as_bytes() == path.as_bytes());
        !ignored && (kept || !PSEUDO.iter().any(|name| is(name)))
    }
}

/// Space, tab, line break and backslash are written as a backslash and three octal digits.
fn unescape(text: &[u8]) -> Vec<u8> {
    let mut made = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'\\'
            && let [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', tail @ ..] = after
        {
            made.push((a - b'0') * 64 + (b - b'0') * 8 + (c - b'0'));
            rest = tail;
        } else {
            made.push(*first);
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFO: &[u8] = b"\
22 27 0:21 / /proc rw,relatime - proc proc rw
23 27 0:24 / /dev/shm rw - tmpfs tmpfs rw
24 27 0:25 / /tmp rw shared:5 - tmpfs tmpfs rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
28 27 254:0 /hosts /etc/hosts rw - ext4 /dev/vda rw
29 27 254:1 / /mnt/my\\040disk rw shared:2 master:3 - xfs /dev/vdb rw
30 27 254:2 / /home rw - btrfs /dev/vdc rw
31 27 254:2 /@snap /home/.snapshots rw - btrfs /dev/vdc rw
32 27 0:40 / /snap/core rw - squashfs /dev/loop0 ro
33 27 0:41 / /var/lib/docker/overlay2/x/merged rw - overlay overlay rw
34 27 0:42 / /srv/nfs rw - nfs4 server:/export rw
35 27 254:9 / /ignored rw - ext4 /dev/vdz rw
garbage
";

    #[test]
    fn each_real_file_system_once() {
        let watched = watched(INFO, &["/ignored".to_owned()]);
        let names: Vec<_> = watched.iter().map(|path| path.to_str().unwrap()).collect();
        assert_eq!(names, ["/", "/home", "/mnt/my disk", "/srv/nfs", "/tmp"]);
    }

    #[test]
    fn the_root_of_a_container_counts() {
        let info = b"1 0 0:50 / / rw - overlay overlay rw,lowerdir=/a\n2 1 254:0 /x /etc/hosts rw - ext4 /dev/vda rw\n";
        assert_eq!(watched(info, &[]), [PathBuf::from("/"), PathBuf::from("/etc/hosts")]);
    }

    #[test]
    fn an_escape_that_is_none_stays() {
        assert_eq!(unescape(b"a\\040b\\9\\"), b"a b\\9\\");
    }
}
