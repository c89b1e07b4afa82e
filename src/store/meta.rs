//! Small settings by name: when midwatch was last seen, what a person chose.

use super::{Store, StoreError};

impl Store {
    /// What was last set under this name.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn get(&self, name: &str) -> Result<Option<String>, StoreError> {
        let read = sqlx::query_scalar("SELECT value FROM meta WHERE name = $1").bind(name);
        self.within("read a setting", read.fetch_optional(&self.inner.readers)).await
    }

    /// Sets it.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn set(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let write = sqlx::query(
            "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        );
        let write = async {
            let mut tx = self.begin().await?;
            write.bind(name).bind(value).execute(&mut *tx).await?;
            tx.commit().await
        };
        self.within("keep a setting", write).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_last_value_counts() {
        let store = Store::open_in_memory().await.unwrap();
        assert_eq!(store.get("last_seen").await.unwrap(), None);
        store.set("last_seen", "1").await.unwrap();
        store.set("last_seen", "2").await.unwrap();
        assert_eq!(store.get("last_seen").await.unwrap().as_deref(), Some("2"));
    }
}
