#include "model/desk/CallDraft.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::model;

class tst_CallDraft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsMissingToBeFiled_data()
    {
        QTest::addColumn<bool>("call");
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("subject");
        QTest::addColumn<bool>("attached");
        QTest::addColumn<QString>("note");
        QTest::addColumn<int>("missing");
        const auto row = [](const char *name, bool call, const char *outcome, const char *type,
                            const char *subject, bool attached, const char *note, Missing missing) {
            QTest::newRow(name) << call << QString(outcome) << QString(type) << QString(subject) << attached
                                << QString(note) << int(missing);
        };
        row("a call without an outcome", true, "", "", "", false, "wet", Missing::Outcome);
        row("a call with an outcome", true, "solved", "", "", false, "", Missing::Nothing);
        row("a complaint without a subject", true, "solved", "complaint", " ", false, "", Missing::Subject);
        row("a whole complaint", true, "solved", "complaint", "leak", false, "", Missing::Nothing);
        row("no call and no case", false, "", "", "", false, "wet", Missing::Case);
        row("no call, a new case", false, "", "complaint", "leak", false, "", Missing::Nothing);
        row("no call, a case, no note", false, "", "", "", true, " ", Missing::Note);
        row("no call, a case, a note", false, "", "", "", true, "wet", Missing::Nothing);
    }

    void saysWhatIsMissingToBeFiled()
    {
        QFETCH(bool, call);
        QFETCH(QString, outcome);
        QFETCH(QString, type);
        QFETCH(QString, subject);
        QFETCH(bool, attached);
        QFETCH(QString, note);
        QFETCH(int, missing);
        CallDraft draft{.note = note, .outcome = outcome, .caseType = type, .subject = subject};
        draft.call.callId = call ? "a" : "";
        draft.attachTo = {attached ? 7 : 0};

        QCOMPARE(int(missingIn(draft)), missing);
    }

    void aDraftComesBackFromItsText()
    {
        const CallDraft draft{
            .callId = "c1",
            .call = {.callId = "c1",
                     .revision = 4,
                     .direction = AgentCall::Direction::Outbound,
                     .state = AgentCall::State::OnHold,
                     .result = AgentCall::Result::Answered,
                     .party = {.raw = "030", .e164 = "+4930", .name = "Ana", .withheld = true},
                     .ownLine = "Support",
                     .queue = "Service",
                     .answeredBy = "Ben",
                     .desksRinging = 3,
                     .startedAt = 1795525620000,
                     .ringingSince = 2,
                     .answeredAt = 3,
                     .endedAt = 4},
            .customer = {maxCounter + 5},
            .note = QString::fromUtf8("Water \"again\"\n\t\u202e سلام 👩🏽‍🔧 \\"),
            .outcome = "callback",
            .caseType = "complaint",
            .subject = "Leak",
            .remedySought = "Refund",
            .promises = {{.what = "call", .dueAt = 5, .zone = "Europe/Berlin", .by = {7}}, {.what = "send"}},
            .attachTo = {9223372036854775807LL},
            .ringToPaintUs = 812,
            .keptAt = 1795525620001,
        };

        QVERIFY(draftFrom("c1", draftText(draft)) == draft);
        QVERIFY(draftFrom("c2", draftText(CallDraft{.callId = "c2"})) == CallDraft{.callId = "c2"});
    }

    void whatIsNoDraftIsKeptAsItsNote_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("half a draft") << "{\"note\":\"water on the fl";
        QTest::newRow("text") << "water on the floor";
        QTest::newRow("a list") << "[1]";
        QTest::newRow("nothing") << "";
        QTest::newRow("deep") << QString(100000, '[');
    }

    void whatIsNoDraftIsKeptAsItsNote()
    {
        QFETCH(QString, text);

        const CallDraft draft = draftFrom("c1", text);

        QCOMPARE(draft.callId, QString("c1"));
        QCOMPARE(draft.note, text);
    }

    void membersOfAnotherTypeAreLeftOut()
    {
        const CallDraft draft = draftFrom("c1", "{\"note\":\"kept\",\"call\":7,\"customer\":12,\"attach_to\":"
                                                "\"-1\",\"ring_to_paint_us\":\"x\",\"new\":{}}");

        const AgentCall nothingKnown{.state = AgentCall::State::Over};
        QVERIFY((draft == CallDraft{.callId = "c1", .call = nothingKnown, .note = "kept"}));
    }
};

QTEST_APPLESS_MAIN(tst_CallDraft)
#include "tst_CallDraft.moc"
