//! The bytes of a file, shared and never copied.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// The bytes of a file. A clone is the same bytes.
#[derive(Clone, Default, Eq, PartialOrd, Ord)]
pub struct Bytes(Arc<Vec<u8>>);

impl PartialEq for Bytes {
    /// The same bytes in one place need not be looked at.
    fn eq(&self, other: &Bytes) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl Bytes {
    /// The bytes as a list of their own; copied only where somebody else still holds them.
    #[must_use]
    pub fn into_vec(self) -> Vec<u8> {
        Arc::try_unwrap(self.0).unwrap_or_else(|shared| shared.to_vec())
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Bytes {
        Bytes(Arc::new(bytes))
    }
}

impl From<String> for Bytes {
    fn from(text: String) -> Bytes {
        text.into_bytes().into()
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Bytes {
        bytes.to_vec().into()
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({})", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::Bytes;

    #[test]
    fn bytes_are_given_back_without_a_copy_when_nobody_else_holds_them() {
        let list = vec![1, 2, 3];
        let place = list.as_ptr();
        let bytes = Bytes::from(list);
        let other = bytes.clone();
        assert_eq!(other.as_ptr(), place);
        let (copy, own) = (other.into_vec(), bytes.into_vec());
        assert_ne!(copy.as_ptr(), place);
        assert_eq!(own.as_ptr(), place);
    }
}
