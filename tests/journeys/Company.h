#pragma once

#include "model/db/Connection.h"
#include "model/store/BookFiles.h"
#include "tests/support/Cable.h"
#include "tests/support/HubPlace.h"
#include "tests/support/Program.h"

#include <memory>

namespace ringbook::tests {

/// A small company for a journey: a real hub as a process of its own with two accounts, desks as processes,
/// all files in a folder that goes with it.
class Company
{
public:
    /// `telephony`: further arguments of `ringbook-hub serve`.
    explicit Company(QStringList telephony = {"--simulator"}) : m_telephony(std::move(telephony))
    {
        administer({"book", "add", "main", "--region", "DE"});
        addUser("anna", "Anna Albers", "101");
        addUser("ben", "Ben Brandt", "102");
        addUser("cleo", "Cleo Chen", "103");
        startHub();
    }

    void startHub(const QString &listen = "127.0.0.1:0")
    {
        const QStringList serve = QStringList{"serve", "--listen", listen} + place.arguments();
        hub = std::make_unique<Program>("ringbook-hub", serve + m_telephony);
        const QString line = hub->waitFor("listening on http");
        m_port = quint16(line.section(':', -1).toUInt());
    }

    /// Ends the hub without a word and starts it again at the same port.
    void crashHub()
    {
        hub->kill();
        startHub(QString("127.0.0.1:%1").arg(m_port));
    }

    quint16 port() const { return m_port; }
    QString hubUrl() const { return QString("http://127.0.0.1:%1").arg(m_port); }
    QString profile(const QString &who) const
    {
        QDir(folder.path()).mkpath("desk-" + who);
        return folder.filePath("desk-" + who);
    }

    /// A desk's process, signed in and live.
    std::unique_ptr<Program> desk(const QString &who, const QString &url)
    {
        auto desk = std::make_unique<Program>("ringbook-desk-process", QStringList{profile(who), url});
        desk->waitFor("^started");
        desk->tell("sign-in " + who + " demo");
        desk->waitFor("^state live");
        return desk;
    }

    /// What a desk's book says, as text that can be compared: every row of every kind, versions and all.
    QString bookOf(const QString &who) const
    {
        auto db = model::Connection::openSqlite(model::BookFiles(profile(who) + "/book.db").current());
        if (!db)
            return db.error().detail;
        QString text;
        for (const QString sql :
             {"SELECT 'customer ' || id || ' ' || ifnull(name, '') AS line FROM customer ORDER BY id",
              "SELECT 'case ' || id || ' ' || code || ' ' || ifnull(customer, 0) || ' ' || subject || ' ' ||"
              " status AS line FROM case_file ORDER BY id",
              "SELECT 'note ' || id || ' ' || \"case\" || ' ' || text AS line FROM case_note ORDER BY id",
              "SELECT 'conflict ' || field || ' ' || kept || ' ' || lost AS line FROM conflict ORDER BY "
              "id"}) {
            const auto rows = db->all(sql);
            if (!rows)
                return rows.error().detail;
            for (const auto &row : *rows)
                text += row.text("line") + '\n';
        }
        return text;
    }

    /// `ringbook-hub` with these words, on the hub's data.
    void administer(QStringList arguments)
    {
        arguments += place.arguments();
        Program program("ringbook-hub", arguments);
        if (program.waitForEnd() != 0)
            qFatal("ringbook-hub %s: %s", qPrintable(arguments.join(' ')), qPrintable(program.everything()));
    }

    QTemporaryDir folder; ///< of the desks
    test::HubPlace place;
    std::unique_ptr<Program> hub;

private:
    void addUser(const QString &login, const QString &name, const QString &extension)
    {
        administer({"user", "add", login, "--name", name, "--extension", extension, "--password", "demo",
                    "--book", "main"});
    }

    QStringList m_telephony;
    quint16 m_port = 0;
};

} // namespace ringbook::tests
