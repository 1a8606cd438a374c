#pragma once

#include "model/desk/ChangeWriter.h"
#include "model/store/BookFiles.h"
#include "model/store/DeskFile.h"
#include "sync/client/SyncClient.h"
#include "tests/support/MovedClock.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

namespace ringbook::test {

/// A desk without a window: real files, the writer as the screens use it, and a sync client on the same
/// files, wired as in the program but on one thread.
class DeskOnFiles
{
public:
    static constexpr int tidyAfterMs = 100;

    /// `filesFrom`: a folder with the files to begin with, which are copied.
    explicit DeskOnFiles(QString hub, const QString &filesFrom = {}, QString hubCertificate = {})
        : m_hub(std::move(hub)),
          m_hubCertificate(std::move(hubCertificate))
    {
        if (!filesFrom.isEmpty())
            for (const QString name : {"desk.db", "main.db"})
                if (!QFile::copy(filesFrom + '/' + name, path(name)))
                    qFatal("there is no %s in %s", qPrintable(name), qPrintable(filesFrom));
        open();
    }

    /// The program starts.
    void open()
    {
        desk.emplace(*model::DeskFile::open(path("desk.db")));
        book.emplace(*model::Book::open(model::BookFiles(path("main.db")).current()));
        writer.emplace(*desk, *book, clock);
        startClient();
    }

    /// The program ends.
    void close()
    {
        client.reset();
        writer.reset();
        book.reset();
        desk.reset();
    }

    void startClient()
    {
        client.emplace(sync::SyncClient::Options{.deskPath = path("desk.db"),
                                                 .bookPath = path("main.db"),
                                                 .hub = QUrl(m_hub),
                                                 .hubCertificate = m_hubCertificate,
                                                 .tidyAfterMs = tidyAfterMs},
                       clock);
        QObject::connect(&*writer, &model::ChangeWriter::kept, &*client, &sync::SyncClient::push);
        QObject::connect(&*client, &sync::SyncClient::stateChanged, &*client,
                         [this](const sync::SyncState &changed) { state = changed; });
        QObject::connect(&*client, &sync::SyncClient::profileCopied, &*client,
                         &sync::SyncClient::takeOwnNumber);
        QObject::connect(&*client, &sync::SyncClient::bookMoved, &*client, [this](const QString &now) {
            if (!book->moveTo(now) || !writer->replayOutbox())
                qFatal("the book does not move to %s", qPrintable(now));
            client->removeOldBooks();
        });
        client->start();
    }

    void signIn(const QString &login = "anna", const QString &password = "demo")
    {
        client->signIn(login, password);
    }

    bool isLive() const { return state.link == sync::SyncState::Link::Live; }

    /// A new customer of this name, saved; its key.
    model::RecordKey saveCustomer(const QString &name)
    {
        const model::RecordKey key{"customer", *writer->newId()};
        const auto saved = writer->save({{.record = key,
                                          .action = model::Action::Create,
                                          .fields = {{"name", name}, {"is_organisation", false}}}});
        return saved ? key : model::RecordKey{};
    }

    bool set(const model::RecordKey &key, const QString &field, const QVariant &value)
    {
        return writer->save({{.record = key, .fields = {{field, value}}}}).has_value();
    }

    QString text(const model::RecordKey &key, const QString &field) const
    {
        const auto record = book->record(key);
        return record && *record ? (*record)->value(field).toString() : QString();
    }

    QString path(const QString &name) const { return m_folder.filePath(name); }

    MovedClock clock;
    std::optional<model::DeskFile> desk;
    std::optional<model::Book> book;
    std::optional<model::ChangeWriter> writer;
    std::optional<sync::SyncClient> client;
    sync::SyncState state;

private:
    QString m_hub;
    QString m_hubCertificate;
    QTemporaryDir m_folder;
};

} // namespace ringbook::test
