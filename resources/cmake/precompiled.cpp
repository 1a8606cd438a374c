// A library needs a translation unit; this one exists to carry a precompiled header.
