//! The files of a round, and their examination later by somebody who has only them and the market.
//!
//! | file | what it holds |
//! |---|---|
//! | `placements.csv` | who is placed where, one row a supply unit and post |
//! | `certificate.json` | configuration, digest, status and the price of every post: the proof |
//! | `result.json` | the [`Report`] as data |
//!
//! A record is canonical: it follows from market, configuration, placements and prices byte for byte. So an
//! [`examine`](Record::examine)d record cannot differ in a single byte from what was proven.

mod cases;
mod examination;
mod files;

use std::path::Path;

use crate::config::Config;
use crate::error::Error;
use crate::report::Report;
use crate::verified::Verified;
pub use examination::{Examination, ExaminedLine};
use files::{CertificateFile, placements_csv, pretty};

/// The version of the files this crate reads and writes.
pub const SCHEMA: &str = "talent-match/record/1";

/// The names of the files.
pub const FILES: [&str; 3] = ["placements.csv", "result.json", "certificate.json"];

/// The files of a round, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    files: [Vec<u8>; 3],
}

impl Record {
    /// The record of a verified result. Cost: the report, and one line a placement.
    #[must_use]
    pub fn of(result: &Verified<'_>) -> Self {
        let certificate = pretty(&CertificateFile::of(result));
        Self { files: [placements_csv(result), Report::of(result).json(), certificate].map(String::into_bytes) }
    }

    /// The text of one of [`FILES`]; none of one that is not UTF-8.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&str> {
        let file = FILES.iter().position(|file| *file == name)?;
        std::str::from_utf8(&self.files[file]).ok()
    }

    /// Writes the three files to `folder`, which is created if it is not there. Each file appears whole or not at all.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn write(&self, folder: impl AsRef<Path>) -> Result<(), Error> {
        let folder = folder.as_ref();
        let refuse = |path: &Path, source| Error::File { path: path.to_owned(), source };
        std::fs::create_dir_all(folder).map_err(|source| refuse(folder, source))?;
        for (name, bytes) in FILES.iter().zip(&self.files) {
            let (path, unfinished) = (folder.join(name), folder.join(format!("{name}.unfinished")));
            let written = std::fs::write(&unfinished, bytes).and_then(|()| std::fs::rename(&unfinished, &path));
            written.map_err(|source| refuse(&path, source))?;
        }
        Ok(())
    }

    /// The record of three files kept elsewhere than in a folder, in the order of [`FILES`]; what they say is for
    /// [`examine`](Self::examine) to judge.
    #[must_use]
    pub const fn from_bytes(files: [Vec<u8>; 3]) -> Self {
        Self { files }
    }

    /// Reads the three files of `folder`; what they say is for [`examine`](Self::examine) to judge.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn read(folder: impl AsRef<Path>) -> Result<Self, Error> {
        let mut files = <[Vec<u8>; 3]>::default();
        for (name, bytes) in FILES.iter().zip(&mut files) {
            let path = folder.as_ref().join(name);
            *bytes = std::fs::read(&path).map_err(|source| Error::File { path, source })?;
        }
        Ok(Self { files })
    }

    /// The configuration the record says it was made with.
    ///
    /// # Errors
    /// [`Error::Config`] if the certificate cannot be read or the configuration has faults.
    pub fn config(&self) -> Result<Config, Error> {
        let form = |error: serde_json::Error| Config::unreadable(format!("{}: {error}", FILES[2]));
        let certificate: CertificateFile = serde_json::from_slice(&self.files[2]).map_err(form)?;
        certificate.config.check()?;
        Ok(certificate.config)
    }
}
