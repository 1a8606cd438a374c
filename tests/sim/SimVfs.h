#pragma once

namespace ringbook::sim {

class SimDisk;

// SQLite's way to a SimDisk; one at a time in a process.
void registerVfs(SimDisk *disk);
void unregisterVfs();

} // namespace ringbook::sim
