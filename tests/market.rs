//! The market room from outside: every way in, every fault, and the market carried with the crate.

mod market {
    mod csv_faults;
    mod decisions;
    mod every_code;
    mod hostile;
    mod ids_and_references;
    mod investments;
    mod jinpu;
    mod json_faults;
    mod messages;
    mod sample;
    mod schema;
    mod targets;
    mod values;
    mod ways_in;
}
