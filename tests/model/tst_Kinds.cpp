#include "model/domain/Case.h"
#include "model/domain/Conflict.h"
#include "model/domain/Interaction.h"
#include "model/domain/Kinds.h"
#include "model/domain/SetUp.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::model;

namespace {

const Customer customer{.id = {1},
                        .name = "Ana Costa",
                        .isOrganisation = true,
                        .organisation = {2},
                        .role = "Manager",
                        .tier = "Gold",
                        .stage = "active",
                        .language = "pt,de",
                        .timeZone = "Europe/Lisbon",
                        .goodService = "Call back",
                        .notes = "Likes fish"};
const ContactPoint contactPoint{.id = {1},
                                .customer = {2},
                                .channel = ContactPoint::Channel::Email,
                                .value = "030 23125147",
                                .e164 = "+493023125147",
                                .label = "Work",
                                .verified = true,
                                .shared = ContactPoint::Shared::Company,
                                .notTheirsSince = 5};
const Alert alert{.id = {1}, .customer = {2}, .text = "Careful", .author = {3}, .until = 4};
const Interaction interaction{.id = {1},
                              .customer = {2},
                              .channel = Interaction::Channel::Visit,
                              .direction = Interaction::Direction::Out,
                              .ownLine = "Support",
                              .queue = "support",
                              .partyNumber = "+493023125147",
                              .startedAt = 3,
                              .answeredAt = 4,
                              .endedAt = 5,
                              .agent = {6},
                              .outcome = "solved",
                              .note = "All well",
                              .verification = "number",
                              .callId = "c1",
                              .ringToPaintUs = 700};
const Case caseFile{.id = {1},
                    .code = "K73QF9X",
                    .type = Case::Type::Return,
                    .customer = {2},
                    .category = {3},
                    .product = "WP-9",
                    .severity = 2,
                    .subject = "Leaks",
                    .status = Case::Status::Waiting,
                    .queue = {4},
                    .assignee = {5},
                    .openedAt = 6,
                    .openedBy = {7},
                    .dueAt = 8,
                    .closedAt = 9,
                    .remedySought = "New one",
                    .remedyGiven = "Refund",
                    .rootCause = "Seal",
                    .resolution = "Replaced",
                    .interaction = {10}};
const CaseNote caseNote{
    .id = {1}, .caseId = {2}, .interaction = {3}, .author = {4}, .text = "Called", .at = 5};
const FollowUp followUp{.id = {1},
                        .customer = {2},
                        .caseId = {3},
                        .kind = FollowUp::Kind::AfterSale,
                        .what = "Ask",
                        .dueAt = 4,
                        .zone = "Europe/Berlin",
                        .state = FollowUp::State::Done,
                        .assignee = {5},
                        .team = {6},
                        .madeBy = {7},
                        .at = 8,
                        .e164 = "+493023125147",
                        .queue = "Support",
                        .calls = 2,
                        .lastCallAt = 9,
                        .tries = 1,
                        .doneBy = {10},
                        .doneAt = 11};
const Conflict conflict{.id = {1},
                        .record = {"case", 2},
                        .field = "subject",
                        .kept = "\"a\"",
                        .lost = "\"b\"",
                        .keptBy = {3},
                        .lostBy = {4},
                        .keptAt = 5,
                        .lostAt = 6,
                        .state = "open"};
const Team team{.id = {1}, .name = "Field"};
const User user{.id = {1},
                .name = "Anna Albers",
                .login = "anna",
                .extension = "101",
                .team = {2},
                .role = "lead",
                .language = "de"};
const Queue queue{.id = {1}, .name = "q1", .label = "Support"};
const Category category{.id = {1}, .name = "Leak", .caseType = "complaint"};
const OutcomeCode outcomeCode{.id = {1}, .code = "solved", .label = "Solved", .position = 2};

QMetaType::Type typeOf(FieldType type)
{
    switch (type) {
    case FieldType::Text: return QMetaType::QString;
    case FieldType::Boolean: return QMetaType::Bool;
    case FieldType::Integer:
    case FieldType::Reference: return QMetaType::LongLong;
    }
    return QMetaType::UnknownType;
}

/// What is wrong with the fields of a record in which every member is set; empty if nothing.
QString complaintsAbout(const Fields &fields, const char *kind)
{
    const KindSpec *spec = kindSpec(kind);
    if (!spec)
        return QString("no such kind: ") + kind;
    QStringList complaints;
    for (const FieldSpec &field : spec->fields)
        if (fields.value(field.name).typeId() != typeOf(field.type))
            complaints += QString("%1 is missing or of another type").arg(field.name);
    for (const QString &name : fields.keys())
        if (!spec->field(name))
            complaints += name + " is unknown";
    return complaints.join("; ");
}

template <typename T, typename From>
bool comesBack(const T &value, From from)
{
    return from(value.id, fieldsOf(value)) == value && from(value.id, {}) == T{.id = value.id};
}

/// The hub's and the files' way of saying "flag" is a number; text where a number belongs is nobody's.
Fields distorted(Fields fields)
{
    for (QVariant &value : fields)
        value = value.typeId() == QMetaType::QString ? QVariant(qlonglong(77)) : QVariant("garbage");
    return fields;
}

template <typename T, typename From>
bool survivesOtherTypes(const T &value, From from)
{
    return from(value.id, distorted(fieldsOf(value))) == T{.id = value.id};
}

} // namespace

class tst_Kinds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindAndFieldIsDescribed()
    {
        QFile file(QFINDTESTDATA("../../sync/protocol/PROTOCOL.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
        for (const KindSpec &spec : allKinds()) {
            const QStringList rows = lines.filter(QStringLiteral("| `%1` | `").arg(spec.kind));
            QVERIFY2(rows.size() == 1, spec.kind);
            for (const QString &name : spec.names())
                QVERIFY2(rows.first().contains(u'`' + name + u'`'), qPrintable(name));
        }
    }

    void fieldsCoverEveryFieldOfTheKindWithItsType()
    {
        QCOMPARE(complaintsAbout(fieldsOf(customer), "customer"), "");
        QCOMPARE(complaintsAbout(fieldsOf(contactPoint), "contact_point"), "");
        QCOMPARE(complaintsAbout(fieldsOf(alert), "alert"), "");
        QCOMPARE(complaintsAbout(fieldsOf(interaction), "interaction"), "");
        QCOMPARE(complaintsAbout(fieldsOf(caseFile), "case"), "");
        QCOMPARE(complaintsAbout(fieldsOf(caseNote), "case_note"), "");
        QCOMPARE(complaintsAbout(fieldsOf(followUp), "follow_up"), "");
        QCOMPARE(complaintsAbout(fieldsOf(conflict), "conflict"), "");
        QCOMPARE(complaintsAbout(fieldsOf(team), "team"), "");
        QCOMPARE(complaintsAbout(fieldsOf(user), "user"), "");
        QCOMPARE(complaintsAbout(fieldsOf(queue), "queue"), "");
        QCOMPARE(complaintsAbout(fieldsOf(category), "category"), "");
        QCOMPARE(complaintsAbout(fieldsOf(outcomeCode), "outcome_code"), "");
        QCOMPARE(allKinds().size(), 13u);
    }

    void everyRecordComesBackFromItsFields()
    {
        QVERIFY(comesBack(customer, customerFrom));
        QVERIFY(comesBack(contactPoint, contactPointFrom));
        QVERIFY(comesBack(alert, alertFrom));
        QVERIFY(comesBack(interaction, interactionFrom));
        QVERIFY(comesBack(caseFile, caseFrom));
        QVERIFY(comesBack(caseNote, caseNoteFrom));
        QVERIFY(comesBack(followUp, followUpFrom));
        QVERIFY(comesBack(conflict, conflictFrom));
        QVERIFY(comesBack(team, teamFrom));
        QVERIFY(comesBack(user, userFrom));
        QVERIFY(comesBack(queue, queueFrom));
        QVERIFY(comesBack(category, categoryFrom));
        QVERIFY(comesBack(outcomeCode, outcomeCodeFrom));
    }

    void fieldsOfAnotherTypeLeaveTheDefault()
    {
        QVERIFY(survivesOtherTypes(customer, customerFrom));
        QVERIFY(survivesOtherTypes(contactPoint, contactPointFrom));
        QVERIFY(survivesOtherTypes(alert, alertFrom));
        QVERIFY(survivesOtherTypes(interaction, interactionFrom));
        QVERIFY(survivesOtherTypes(caseFile, caseFrom));
        QVERIFY(survivesOtherTypes(caseNote, caseNoteFrom));
        QVERIFY(survivesOtherTypes(followUp, followUpFrom));
        QVERIFY(survivesOtherTypes(conflict, conflictFrom));
        QVERIFY(survivesOtherTypes(user, userFrom));
        QVERIFY(survivesOtherTypes(outcomeCode, outcomeCodeFrom));
    }

    void emptyMembersAreEmptyFields()
    {
        for (const Fields &fields :
             {fieldsOf(Customer{}), fieldsOf(CaseNote{}), fieldsOf(FollowUp{}), fieldsOf(Alert{})})
            for (auto field = fields.begin(); field != fields.end(); ++field)
                if (!QStringList{"is_organisation", "kind", "state"}.contains(field.key()))
                    QVERIFY2(!field->isValid(), qPrintable(field.key()));
    }

    void flagsAreReadFromNumbersToo()
    {
        QVERIFY(customerFrom({1}, {{"is_organisation", qlonglong(1)}}).isOrganisation);
        QVERIFY(!customerFrom({1}, {{"is_organisation", qlonglong(0)}}).isOrganisation);
    }

    void numbersOutOfRangeLeaveTheDefault()
    {
        QCOMPARE(caseFrom({1}, {{"severity", qlonglong(1) << 40}}).severity, std::optional<int>());
        QCOMPARE(caseFrom({1}, {{"customer", qlonglong(-1)}}).customer, Id<Customer>());
    }
};

QTEST_APPLESS_MAIN(tst_Kinds)
#include "tst_Kinds.moc"
