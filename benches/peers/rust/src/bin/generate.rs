//! `generate FAMILY UNITS POSTS DEGREE SEED FILE`, or `generate merge|lower INSTANCE FILE`.

use std::error::Error;
use std::path::Path;

use peers::Instance;
use peers::families::{Size, instance, lower, merge};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (made, path) = match words[..] {
        ["merge", from, path] => (merge(&Instance::load(Path::new(from))?), path),
        ["lower", from, path] => (lower(&Instance::load(Path::new(from))?), path),
        [family, units, posts, degree, seed, path] => {
            let size =
                Size { units: units.parse()?, posts: posts.parse()?, degree: degree.parse()?, seed: seed.parse()? };
            (instance(family, size).ok_or("there is no such family")?, path)
        }
        _ => return Err("usage: generate FAMILY UNITS POSTS DEGREE SEED FILE, or merge|lower INSTANCE FILE".into()),
    };
    Ok(made.save(Path::new(path))?)
}
