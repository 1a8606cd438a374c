#include "tests/support/World.h"
#include "ui/text/ConflictWords.h"
#include "ui/text/FieldWords.h"
#include "ui/text/Numbers.h"

#include <QLocale>
#include <QTest>

using namespace ringbook;
using namespace ringbook::ui;
using model::ConflictLine;
using model::Version;
using tests::berlinAt;

namespace {

Reading reading()
{
    return {berlinAt(0, 14, 7), tests::berlin};
}

ConflictLine lineOn(const QString &kind, const QString &field, const QVariant &kept, const QVariant &lost)
{
    return {.conflict = {.record = {kind, 7}, .field = field},
            .present = {.value = kept, .who = "Anna Albers", .mine = true, .at = berlinAt(0, 13, 54)},
            .lost = {.value = lost, .who = "Cleo Chen", .at = berlinAt(-1, 17, 52)},
            .writers = {"Anna Albers", "Cleo Chen"}};
}

} // namespace

class tst_ConflictWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }

    void bothValuesAreSaid_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QVariant>("kept");
        QTest::addColumn<QVariant>("lost");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *name, const QString &kind, const QString &field, const QVariant &kept,
                            const QVariant &lost, const QString &said) {
            QTest::newRow(name) << kind << field << kept << lost << said;
        };
        row("text", "customer", "role", "CIO", "Buyer", "Role: now “CIO”, also “Buyer”");
        row("long text", "customer", "notes", QString(301, u'x'), "y",
            "Notes: now “" + QString(300, u'x') + "…”, also “y”");
        row("text that just fits", "customer", "notes", QString(300, u'x'), "y",
            "Notes: now “" + QString(300, u'x') + "”, also “y”");
        row("several lines", "customer", "notes", "Call back\nin writing", "y",
            "Notes: now “Call back in writing”, also “y”");
        row("empty", "customer", "role", {}, "Buyer", "Role: now nothing, also “Buyer”");
        row("truth", "contact_point", "verified", false, true, "Verified: now no, also yes");
        row("state", "case", "status", "new", "in_progress", "Status: now “New”, also “In progress”");
        row("language", "customer", "language", "pt, de", "es",
            "Language: now “Portuguese, German”, also “Spanish”");
        row("zone", "customer", "time_zone", "Europe/Madrid", "America/Argentina/Buenos_Aires",
            "Time zone: now “Madrid”, also “Buenos Aires”");
        row("two of one language", "customer", "language", "pt-BR", "pt-PT",
            "Language: now “pt-BR”, also “pt-PT”");
        row("two of one name", "customer", "time_zone", "US/Central", "Canada/Central",
            "Time zone: now “US/Central”, also “Canada/Central”");
        row("moment", "case", "due_at", QVariant::fromValue(berlinAt(0, 16)),
            QVariant::fromValue(berlinAt(1, 9)), "Due: now “Today 16:00”, also “Tomorrow 09:00”");
        row("a newer program's", "customer", "shoe_size", "44", "45", "shoe size: now “44”, also “45”");
    }
    void bothValuesAreSaid()
    {
        QFETCH(const QString, kind);
        QFETCH(const QString, field);
        QFETCH(const QVariant, kept);
        QFETCH(const QVariant, lost);
        QFETCH(const QString, said);

        QCOMPARE(withoutMarks(conflictLine(lineOn(kind, field, kept, lost), reading())), said);
    }

    void theOtherValueComesWithWhoWroteItAndWhen()
    {
        const ConflictLine line = lineOn("customer", "role", "CIO", "Buyer");

        QCOMPARE(withoutMarks(otherValueLine(line, reading())),
                 "Role: also “Buyer” (Cleo Chen, yesterday 17:52)");
        QCOMPARE(withoutMarks(versionOrigin(line.present, reading())), "You, today 13:54");
        ConflictLine mine = line;
        mine.lost = line.present;
        QCOMPARE(withoutMarks(otherValueLine(mine, reading())), "Role: also “CIO” (you, today 13:54)");
        QCOMPARE(withoutMarks(versionOrigin({.at = berlinAt(0, 9)}, reading())), "Somebody, today 09:00");
        QCOMPARE(versionOrigin({.value = "Head"}, reading()), "Changed since both wrote");
    }

    void aRecordIsCalledByItsName()
    {
        ConflictLine line = lineOn("case", "assignee", 77, 78);
        line.present.name = "Ben Brandt";
        line.lost.name = "Cleo Chen";
        line.subject.caseCode = "A01011D";

        QCOMPARE(withoutMarks(conflictLine(line, reading())),
                 "Case A0-101-1D, Who takes care: now “Ben Brandt”, also “Cleo Chen”");
    }

    void whatWasDeletedIsNamed_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("number");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("title");
        const auto row = [](const char *name, const QString &kind, const QString &code, const QString &number,
                            const QString &what, const QString &title) {
            QTest::newRow(name) << kind << code << number << what << title;
        };
        row("customer", "customer", "", "", "This customer", "Ana Costa");
        row("case", "case", "A01011D", "", "Case A0-101-1D", "Ana Costa: Case A0-101-1D");
        row("number", "contact_point", "", "+493023125147", "+49 30 23125 147",
            "Ana Costa: +49 30 23125 147");
        row("a newer program's", "shoe", "", "", "An entry", "Ana Costa: An entry");
    }
    void whatWasDeletedIsNamed()
    {
        QFETCH(const QString, kind);
        QFETCH(const QString, code);
        QFETCH(const QString, number);
        QFETCH(const QString, what);
        QFETCH(const QString, title);
        ConflictLine line = lineOn(kind, {}, "edited", "deleted");
        line.subject = {.customerName = "Ana Costa", .caseCode = code, .contact = number};

        QCOMPARE(withoutMarks(otherValueLine(line, reading())),
                 what + ": changed, but also deleted (Cleo Chen, yesterday 17:52)");
        QCOMPARE(withoutMarks(conflictLine(line, reading())),
                 what + " was changed while somebody deleted it; it is still there");
        QCOMPARE(withoutMarks(conflictTitle(line)), title);
    }

    void whoComparesSeesTheLines()
    {
        const ConflictLine line = lineOn("customer", "notes", "Call back\nin writing\n", QString(5000, u'x'));

        const TwoValues values = wholeValues(line, reading());
        QCOMPARE(withoutMarks(values.present), "“Call back\nin writing”");
        QCOMPARE(withoutMarks(values.lost), "“" + QString(4000, u'x') + "…”");
    }

    void whoDecidesIsNamed()
    {
        const ConflictLine line = lineOn("customer", "role", "CIO", "Buyer");
        ConflictLine bens = line;
        bens.writers = {"Ben Brandt", "Cleo Chen"};
        ConflictLine leas = line;
        leas.writers = {"Anna Albers", "Lea Lind"};

        QCOMPARE(withoutMarks(decidersLine({line, line})), "Anna Albers, Cleo Chen or a team lead decides.");
        QCOMPARE(withoutMarks(decidersLine({line, bens})), "Who wrote them decides, or a team lead.");
        QCOMPARE(withoutMarks(decidersLine({line, bens, leas})), "Who wrote them decides, or a team lead.");
        QCOMPARE(withoutMarks(decidersLine({ConflictLine{}})), "Who wrote them decides, or a team lead.");
    }
};

QTEST_GUILESS_MAIN(tst_ConflictWords)
#include "tst_ConflictWords.moc"
