#include "app/agent/SyncThread.h"
#include "model/desk/CallerDesk.h"
#include "model/store/BookFiles.h"
#include "model/store/DeskFile.h"
#include "sync/protocol/Codec.h"
#include "tests/bench/Asker.h"
#include "tests/bench/Bench.h"
#include "tests/bench/HubRig.h"
#include "tests/bench/Measured.h"

#include <QFile>
#include <QTemporaryDir>
#include <QThread>

#include <cmath>
#include <zstd.h>

namespace ringbook::bench {

namespace {

using namespace ringbook::model;

constexpr int patienceMs = 10 * 60'000;

double secondsSince(qint64 begun)
{
    return double(SystemClock().monotonicNs() - begun) / 1e9;
}

/// The frames of a book as they travel, one file each.
class KeptFrames
{
public:
    static Result<KeptFrames> fetch(const sync::SnapshotFile &book, Asker &hub, const QString &folder)
    {
        KeptFrames kept;
        for (const sync::SnapshotFrame &frame : book.frames) {
            QFile file(folder + u'/' + frame.digest);
            const QByteArray packed = hub.ask("GET", "/v1/books/main/frames/" + frame.digest.toLatin1());
            if (packed.size() != frame.bytes || !file.open(QIODevice::WriteOnly) ||
                file.write(packed) != packed.size())
                return Error{Fault::Failed, "a frame did not come"};
            kept.m_files.append(file.fileName());
        }
        return kept;
    }

    /// The floor: the same bytes copied and unpacked into a file that is on disk afterwards.
    Result<double> unpack(const QString &path) const
    {
        const qint64 begun = SystemClock().monotonicNs();
        QFile book(path);
        if (!book.open(QIODevice::WriteOnly))
            return Error{Fault::Failed, "the file cannot be written: " + path};
        QByteArray unpacked(sync::snapshotFrameBytes, Qt::Uninitialized);
        for (const QString &name : m_files) {
            QFile file(name);
            if (!file.open(QIODevice::ReadOnly))
                return Error{Fault::Failed, "a frame cannot be read"};
            const QByteArray packed = file.readAll();
            const size_t size = ZSTD_decompress(unpacked.data(), size_t(unpacked.size()), packed.constData(),
                                                size_t(packed.size()));
            if (ZSTD_isError(size) || book.write(unpacked.constData(), qint64(size)) != qint64(size))
                return Error{Fault::Failed, "a frame cannot be unpacked"};
        }
        book.close();
        if (const auto synced = syncToDisk(path); !synced)
            return synced.error();
        return secondsSince(begun);
    }

private:
    QStringList m_files;
};

struct Took
{
    double firstCall = 0; ///< from the sign-in until a caller has a card
    double whole = 0;     ///< until the whole book gave one
};

/// A new desk as the program has it: sync in a thread of its own, the book open in this one.
class NewDesk
{
public:
    NewDesk(const QString &url, const QString &folder)
        : m_folder(folder),
          m_book(*Book::open(folder + "/main.db")),
          m_sync({.deskPath = folder + "/desk.db", .bookPath = folder + "/main.db", .hub = QUrl(url)},
                 m_clock)
    {
        auto &client = m_sync.client();
        QObject::connect(&client, &sync::SyncClient::stateChanged, &m_context,
                         [this](const sync::SyncState &state) {
                             m_state = state;
                             m_turning.again();
                         });
        QObject::connect(&client, &sync::SyncClient::bookMoved, &m_context,
                         [this](const QString &path) { moveTo(path); });
    }

    Result<Took> run()
    {
        signIn();
        const bool done = m_turning.until([this] { return m_took.whole > 0; }, patienceMs);
        return done ? Result(m_took) : Error{Fault::Failed, "no book came: " + m_state.problem};
    }

    void signIn()
    {
        m_sync.start();
        m_begun = m_clock.monotonicNs();
        m_sync.ask([](sync::SyncClient &client) { client.signIn("anna", "demo"); });
    }

    bool isSignedIn()
    {
        return m_turning.until([this] { return !token().isEmpty(); }, patienceMs);
    }
    QByteArray token() const { return DeskFile::open(m_folder + "/desk.db")->identity()->token.toLatin1(); }

private:
    void moveTo(const QString &path)
    {
        if (!m_book.moveTo(path) || !CallerDesk(m_book, m_clock, {.region = "DE"}).anyCard())
            return;
        const double seconds = secondsSince(m_begun);
        m_took.firstCall = m_took.firstCall > 0 ? m_took.firstCall : seconds;
        if (const auto partial = m_book.isPartial(); partial && !*partial)
            m_took.whole = seconds;
        m_sync.ask([](sync::SyncClient &client) { client.removeOldBooks(); });
        m_turning.again();
    }

    SystemClock m_clock;
    QString m_folder;
    Book m_book;
    sync::SyncState m_state;
    Turning m_turning;
    Took m_took;
    qint64 m_begun = 0;
    QObject m_context;
    app::SyncThread m_sync;
};

/// What the hub offers; the first question makes it make one.
Result<sync::SnapshotManifest> waitForManifest(Asker &hub)
{
    for (const qint64 begun = SystemClock().monotonicNs(); secondsSince(begun) < patienceMs / 1000.0;) {
        const QByteArray answer = hub.ask("GET", "/v1/books/main/snapshot");
        if (!answer.isEmpty())
            return sync::readSnapshotManifest(answer);
        QThread::sleep(1);
    }
    return Error{Fault::Failed, "the hub made no snapshot"};
}

} // namespace

Result<QJsonObject> benchBootstrap(const BenchOptions &options)
{
    const auto rig = HubRig::start(options.folder, options.customers);
    if (!rig)
        return rig.error();
    QTemporaryDir frames(options.folder + "/frames-XXXXXX");
    QByteArray token;
    {
        QTemporaryDir folder(options.folder + "/asks-XXXXXX");
        NewDesk desk((*rig)->url(), folder.path());
        desk.signIn();
        if (!desk.isSignedIn())
            return Error{Fault::Failed, "no desk can sign in"};
        token = desk.token();
    }
    Asker hub(QUrl((*rig)->url()), token);
    const auto manifest = waitForManifest(hub);
    const auto kept = manifest ? KeptFrames::fetch(manifest->book, hub, frames.path()) : manifest.error();
    if (!kept)
        return kept.error();

    QVector<double> whole, firstCall, raw;
    for (int round = 0; round < options.rounds; ++round) {
        QTemporaryDir folder(options.folder + "/bootstrap-XXXXXX");
        const auto unpacked = kept->unpack(folder.filePath("raw.db"));
        if (!unpacked)
            return unpacked.error();
        raw.append(*unpacked);
        const auto took = NewDesk((*rig)->url(), folder.path()).run();
        if (!took)
            return took.error();
        whole.append(took->whole);
        firstCall.append(took->firstCall);
    }
    const auto rounded = [](double value) { return std::round(value * 100) / 100; };
    qint64 packed = 0;
    for (const sync::SnapshotFrame &frame : manifest->book.frames)
        packed += frame.bytes;
    return QJsonObject{{"whole_s", rounded(median(whole))},
                       {"first_call_s", rounded(median(firstCall))},
                       {"raw", rounded(median(raw))},
                       {"ratio", rounded(median(whole) / median(raw))},
                       {"customers", options.customers},
                       {"seq", manifest->at.seq},
                       {"mb", manifest->book.bytes / 1'000'000},
                       {"packed_mb", packed / 1'000'000},
                       {"hot_mb", manifest->hot ? manifest->hot->bytes / 1'000'000 : 0}};
}

} // namespace ringbook::bench
