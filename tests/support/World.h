#pragma once

#include "model/desk/CallDesk.h"
#include "model/desk/CallerDesk.h"
#include "model/desk/CaseDesk.h"
#include "model/desk/ChangeWriter.h"
#include "model/desk/CustomerDesk.h"
#include "model/domain/Kinds.h"
#include "model/domain/PhoneNumber.h"
#include "model/store/BookFiles.h"
#include "model/store/DeskFile.h"
#include "tests/support/FakeClock.h"

#include <QStringList>

namespace ringbook::tests {

using namespace ringbook::model;

/// One agent's desk: real SQLite in memory or in files, a clock that stands, the use cases wired as in the
/// program. The agent is Anna Albers on device 2, in region DE; the book is "main".
struct World
{
    static constexpr qint64 device = 2;
    static constexpr qint64 hubDevice = 1;
    static inline const QString bookName = "main";

    /// `folder`: where the files are; none: in memory.
    explicit World(const QString &folder = {})
        : desk(*DeskFile::open(folder.isEmpty() ? ":memory:" : folder + "/desk.db")),
          book(*Book::open(folder.isEmpty() ? ":memory:" : BookFiles(folder + "/main.db").current()))
    {
        if (desk.identity()->device == 0)
            signIn();
    }

    FakeClock clock;
    DeskFile desk;
    Book book;
    Id<User> anna = {makeId(hubDevice, 1)};
    ChangeWriter writer{desk, book, clock};
    CallDesk calls{desk, book, writer, clock, anna};
    CaseDesk cases{book, writer, clock, anna};
    CustomerDesk customers{book, writer, clock, "DE"};
    CallerDesk callers{book, clock, {.region = "DE", .me = anna, .zone = berlin}};

    /// A record that comes from the hub in the feed.
    template <typename T>
    T arrives(const char *kind, T record)
    {
        if (!record.id)
            record.id = {makeId(hubDevice, ++m_lastHubId)};
        arrive({.record = {kind, record.id.value}, .action = Action::Create, .fields = fieldsOf(record)});
        return record;
    }
    Customer arrives(Customer customer) { return arrives("customer", customer); }
    ContactPoint arrives(ContactPoint point) { return arrives("contact_point", point); }
    Alert arrives(Alert alert) { return arrives("alert", alert); }
    Case arrives(Case file) { return arrives("case", file); }
    CaseNote arrives(CaseNote note) { return arrives("case_note", note); }
    FollowUp arrives(FollowUp followUp) { return arrives("follow_up", followUp); }
    Interaction arrives(Interaction interaction) { return arrives("interaction", interaction); }
    User arrives(User user) { return arrives("user", user); }
    OutcomeCode arrives(OutcomeCode outcome) { return arrives("outcome_code", outcome); }

    /// A change that somebody else made.
    void arrive(Change change)
    {
        change.seq = book.cursor()->seq + 1;
        change.device = hubDevice;
        change.madeAt = clock.now();
        if (change.action == Action::Erase)
            (void)desk.erase(bookName, {change.record});
        (void)book.applyFeed({change}, {"epoch", change.seq}, *desk.unconfirmed(bookName));
    }

    Customer customerWith(const QString &name, const QString &number)
    {
        const Customer customer = arrives(Customer{.name = name});
        arrives(ContactPoint{.customer = customer.id, .value = number, .e164 = toE164(number, "DE")});
        return customer;
    }

    AgentCall ringing(const QString &number)
    {
        return {.callId = QString("call-%1").arg(++m_calls),
                .party = {.raw = number, .e164 = toE164(number, "DE")},
                .ownLine = "Support",
                .startedAt = clock.now(),
                .ringingSince = clock.now(),
                .can = {.answer = true, .hangUp = true}};
    }

    QVector<Op> outbox() const { return *desk.pending(bookName); }

    /// Makes the n-th statement from now on, over both files, fail; the count of statements asked for is in
    /// `asked`.
    void failStatement(int n)
    {
        asked = 0;
        const auto gate = [this, n](const QString &) { return asked++ != n; };
        desk.db().setGate(gate);
        book.db().setGate(gate);
    }
    void failNoStatement()
    {
        desk.db().setGate({});
        book.db().setGate({});
    }
    int asked = 0;

    /// Everything in the book as text, one line a record.
    QString picture() const
    {
        QStringList lines;
        for (const KindSpec &kind : allKinds()) {
            const auto rows = book.db().all(QString("SELECT id FROM %1 ORDER BY id").arg(kind.table));
            for (const Row &row : *rows)
                lines += line(kind, row.number("id"));
        }
        return lines.join('\n');
    }

    /// What exists only here: ops and drafts, one line each.
    QString kept() const
    {
        QStringList lines;
        for (const Op &op : outbox()) {
            QStringList fields;
            for (auto edit = op.edits.begin(); edit != op.edits.end(); ++edit)
                fields += edit.key() + '=' + edit->value.toString();
            lines += QString("%1 %2 %3 %4")
                         .arg(op.counter)
                         .arg(op.record.kind)
                         .arg(op.record.id)
                         .arg(fields.join(' '));
        }
        for (const auto &[key, text] : *desk.drafts())
            lines += key + ' ' + text;
        return lines.join('\n');
    }

private:
    void signIn()
    {
        (void)desk.setIdentity({.device = device,
                                .login = "anna",
                                .userName = "Anna Albers",
                                .user = anna.value,
                                .book = bookName,
                                .region = "DE"});
        arrives(User{.id = anna, .name = "Anna Albers", .login = "anna", .extension = "101"});
    }

    QString line(const KindSpec &kind, qint64 id) const
    {
        const auto fields = book.record({kind.kind, id});
        QStringList parts = {kind.kind, QString::number(id)};
        for (auto field = (*fields)->begin(); field != (*fields)->end(); ++field)
            parts += field.key() + '=' + field.value().toString();
        return parts.join(' ');
    }

    qint64 m_lastHubId = 100;
    int m_calls = 0;
};

/// Fails statement 0, 1, 2 … of `act`, each in a world of its own made by `arrange`, until none is hit. Done
/// must mean all of it, though the book may need the outbox again; failed must mean that nothing was changed.
/// Returns what is wrong, empty if nothing.
template <typename Arrange, typename Act>
QString failureSweep(Arrange arrange, Act act)
{
    World clean;
    auto subject = arrange(clean);
    const QString keptBefore = clean.kept();
    const QString before = clean.picture();
    if (!act(clean, subject))
        return "fails although nothing is wrong";
    const QString keptAfter = clean.kept();
    const QString after = clean.picture();

    for (int n = 0;; ++n) {
        World world;
        auto again = arrange(world);
        world.failStatement(n);
        const bool done = act(world, again);
        world.failNoStatement();
        if (world.asked <= n)
            return n > 0 ? QString() : "asked for no statement";
        if (!world.writer.replayOutbox())
            return QString("statement %1: the outbox cannot be replayed").arg(n);
        if (world.kept() != (done ? keptAfter : keptBefore))
            return QString("statement %1: %2, but kept is\n%3")
                .arg(n)
                .arg(done ? "done" : "failed", world.kept());
        if (world.picture() != (done ? after : before))
            return QString("statement %1: %2, but the book is\n%3")
                .arg(n)
                .arg(done ? "done" : "failed", world.picture());
    }
}

} // namespace ringbook::tests
