#pragma once

class QAbstractFileEngineHandler;

namespace ringbook::sim {

class SimDisk;

/// While it exists, Qt's files, folders and their entries below the simulated machines' paths are on this
/// disk; and so is what model::syncToDisk() waits for.
class SimFiles
{
public:
    explicit SimFiles(SimDisk &disk);
    ~SimFiles();
    SimFiles(const SimFiles &) = delete;
    SimFiles &operator=(const SimFiles &) = delete;

private:
    QAbstractFileEngineHandler *m_handler;
};

} // namespace ringbook::sim
