#include "tests/sim/SimFiles.h"

#include "model/store/BookFiles.h"
#include "tests/sim/SimDisk.h"
#include "tests/sim/StoredFile.h"

#include <QDateTime>
#include <QFileInfo>

#include <cstring>
#include <private/qabstractfileengine_p.h>

namespace ringbook::sim {

namespace {

SimDisk *theDisk = nullptr;

class FolderEntries final : public QAbstractFileEngineIterator
{
public:
    FolderEntries(QStringList names, QDir::Filters filters, const QStringList &nameFilters)
        : QAbstractFileEngineIterator(filters, nameFilters),
          m_names(std::move(names))
    {
    }

    bool hasNext() const override { return m_at + 1 < m_names.size(); }
    QString next() override
    {
        ++m_at;
        return currentFilePath();
    }
    QString currentFileName() const override { return m_names.value(m_at); }

private:
    QStringList m_names;
    qsizetype m_at = -1;
};

/// A file or a folder, as QFile and QDir ask for it.
class SimFile final : public QAbstractFileEngine
{
public:
    SimFile(SimDisk &disk, const QString &path) : m_disk(disk) { SimFile::setFileName(path); }

    bool open(QIODevice::OpenMode mode, std::optional<QFile::Permissions>) override
    {
        const bool writes = mode & QIODevice::WriteOnly;
        if (writes && !m_disk.mayWrite(m_path))
            return failed(QFile::OpenError);
        m_file = m_disk.open(m_path, writes);
        if (!m_file)
            return failed(QFile::OpenError);
        const bool begins = writes && !(mode & (QIODevice::ReadOnly | QIODevice::Append));
        if (begins || (mode & QIODevice::Truncate))
            m_file->truncate(0);
        m_at = mode & QIODevice::Append ? m_file->content.size() : 0;
        return true;
    }
    bool close() override
    {
        m_file.reset();
        return true;
    }
    bool flush() override { return true; }
    qint64 size() const override
    {
        const auto file = m_file ? m_file : m_disk.open(m_path, false);
        return file ? file->content.size() : 0;
    }
    qint64 pos() const override { return m_at; }
    bool seek(qint64 pos) override
    {
        m_at = pos;
        return true;
    }
    bool isSequential() const override { return false; }
    bool remove() override { return m_disk.remove(m_path) || failed(QFile::RemoveError); }
    bool rename(const QString &name) override
    {
        return m_disk.rename(m_path, name) || failed(QFile::RenameError);
    }
    bool mkdir(const QString &name, bool, std::optional<QFile::Permissions>) const override
    {
        return m_disk.makeFolder(QDir::cleanPath(name));
    }
    bool rmdir(const QString &name, bool) const override
    {
        return m_disk.removeFolder(QDir::cleanPath(name));
    }
    bool setSize(qint64 size) override
    {
        const auto file = m_file ? m_file : m_disk.open(m_path, false);
        if (!file || !m_disk.mayWrite(m_path))
            return failed(QFile::ResizeError);
        if (size <= file->content.size()) {
            file->truncate(size);
            return true;
        }
        if (m_disk.isFull(m_path))
            return failed(QFile::ResizeError);
        file->write(size - 1, "", 1);
        return true;
    }
    bool caseSensitive() const override { return true; }
    bool isRelativePath() const override { return false; }
    FileFlags fileFlags(FileFlags asked) const override
    {
        FileFlags flags = PermsMask | LocalDiskFlag;
        if (m_disk.exists(m_path))
            flags |= ExistsFlag | FileType;
        else if (m_disk.isFolder(m_path))
            flags |= ExistsFlag | DirectoryType;
        return flags & asked;
    }
    QString fileName(FileName which) const override
    {
        switch (which) {
        case BaseName: return m_path.mid(m_path.lastIndexOf(u'/') + 1);
        case PathName:
        case AbsolutePathName:
        case CanonicalPathName: return m_path.left(m_path.lastIndexOf(u'/'));
        case DefaultName:
        case AbsoluteName:
        case CanonicalName: return m_path;
        default: return {};
        }
    }
    void setFileName(const QString &path) override { m_path = QDir::cleanPath(path); }
    QDateTime fileTime(FileTime) const override { return {}; }
    Iterator *beginEntryList(QDir::Filters filters, const QStringList &names) override
    {
        return new FolderEntries(m_disk.namesIn(m_path), filters, names);
    }
    Iterator *endEntryList() override { return nullptr; }
    qint64 read(char *to, qint64 most) override
    {
        const qint64 there = std::clamp<qint64>(m_file->content.size() - m_at, 0, most);
        std::memcpy(to, m_file->content.constData() + m_at * (there > 0), size_t(there));
        m_at += there;
        return there;
    }
    qint64 write(const char *from, qint64 count) override
    {
        const bool grows = m_at + count > m_file->content.size();
        if (!m_disk.mayWrite(m_path) || (grows && m_disk.isFull(m_path))) {
            failed(QFile::ResourceError);
            return -1;
        }
        m_file->write(m_at, from, count);
        m_at += count;
        return count;
    }

private:
    bool failed(QFile::FileError error)
    {
        setError(error, QStringLiteral("the simulated disk does not"));
        return false;
    }

    SimDisk &m_disk;
    QString m_path;
    std::shared_ptr<StoredFile> m_file;
    qint64 m_at = 0;
};

class Handler final : public QAbstractFileEngineHandler
{
public:
    QAbstractFileEngine *create(const QString &path) const override
    {
        return theDisk && theDisk->isOn(path) ? new SimFile(*theDisk, path) : nullptr;
    }
};

} // namespace

SimFiles::SimFiles(SimDisk &disk) : m_handler(new Handler)
{
    theDisk = &disk;
}

SimFiles::~SimFiles()
{
    delete m_handler;
    theDisk = nullptr;
}

} // namespace ringbook::sim

namespace ringbook::model {

/// In place of the product's, which asks the operating system.
Status syncToDisk(const QString &path)
{
    if (!sim::theDisk || !sim::theDisk->sync(path))
        return Error{Fault::Failed, QStringLiteral("this cannot be written to the disk: ") + path};
    return Done{};
}

} // namespace ringbook::model
