#include "app/hub/DemoBook.h"
#include "model/domain/Case.h"
#include "model/domain/CaseCode.h"
#include "model/domain/Interaction.h"
#include "model/domain/Kinds.h"
#include "model/domain/PhoneNumber.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <QTimeZone>

#include <algorithm>

using namespace ringbook;
using namespace ringbook::app;
using namespace ringbook::model;

namespace {

struct Written
{
    RecordKey key = {};
    Fields fields = {};

    bool operator==(const Written &) const = default;
};

const QTimeZone berlin("Europe/Berlin");

TimeMs moment(int month, int day, int hour, int minute)
{
    return QDateTime(QDate(2026, month, day), QTime(hour, minute), berlin).toMSecsSinceEpoch();
}

DemoSettings small()
{
    return {.customers = 1000,
            .interactionsPerCustomer = 10,
            .cases = 600,
            .now = moment(11, 20, 14, 7),
            .device = 5};
}

QVector<Written> bookOf(const DemoSettings &settings)
{
    QVector<Written> book;
    const auto counts = writeDemoBook(settings, [&](const RecordKey &key, const Fields &fields) -> Status {
        book.append({key, fields});
        return Done{};
    });
    return counts && counts->records == book.size() ? book : QVector<Written>();
}

const QVector<Written> &smallBook()
{
    static const QVector<Written> book = bookOf(small());
    return book;
}

QVector<Written> ofKind(const QVector<Written> &book, const QString &kind)
{
    QVector<Written> chosen;
    std::ranges::copy_if(book, std::back_inserter(chosen),
                         [&](const Written &record) { return record.key.kind == kind; });
    return chosen;
}

Written named(const QVector<Written> &book, const QString &kind, const QString &name)
{
    for (const Written &record : ofKind(book, kind))
        if (record.fields["name"] == name)
            return record;
    return {};
}

QVector<Written> of(const QVector<Written> &book, const QString &kind, const QString &field, qint64 id)
{
    QVector<Written> chosen;
    for (const Written &record : ofKind(book, kind))
        if (record.fields[field].toLongLong() == id)
            chosen.append(record);
    return chosen;
}

QStringList namesWithNumber(const QVector<Written> &book, const QString &e164)
{
    QHash<qint64, QString> names;
    QStringList found;
    for (const Written &record : book) {
        if (record.key.kind == "customer")
            names[record.key.id] = record.fields["name"].toString();
        if (record.key.kind == "contact_point" && record.fields["e164"] == e164)
            found.append(names[record.fields["customer"].toLongLong()]);
    }
    return found;
}

/// As the regulators publish them, written down here once more.
bool isFiction(const QString &e164)
{
    static const QRegularExpression ranges(
        R"(^\+(49(3023125|4066969|6990009|8999998|2214710)\d{3}|4917139200\d{2})"
        R"(|1[2-9]\d{2}55501\d{2}|44(2079460|1632960|7700900|2890180|2920180|1914980)\d{3})"
        R"(|44(113|114|115|116|117|118|121|131|141|151|161)4960\d{3})"
        R"(|33(19900|26191|35301|46571|53649|63998)\d{4})$)");
    return ranges.match(e164).hasMatch();
}

QString kindOfReference(const QString &field)
{
    static const QHash<QString, QString> kinds = {
        {"customer", "customer"}, {"organisation", "customer"},
        {"agent", "user"},        {"team", "team"},
        {"category", "category"}, {"queue", "queue"},
        {"assignee", "user"},     {"opened_by", "user"},
        {"author", "user"},       {"made_by", "user"},
        {"case", "case"},         {"interaction", "interaction"},
    };
    return kinds.value(field);
}

} // namespace

class tst_DemoBook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameSettingsMakeTheSameBook()
    {
        QVERIFY(!smallBook().isEmpty());
        QVERIFY(bookOf(small()) == smallBook());
    }

    void anotherSeedMakesAnotherBook()
    {
        DemoSettings other = small();
        other.seed = 2;

        QVERIFY(bookOf(other) != smallBook());
    }

    void thereAreAsManyRecordsAsAskedFor()
    {
        constexpr int contactsOfTheShowcase = 5;

        QCOMPARE(ofKind(smallBook(), "customer").size(), 1000);
        QCOMPARE(ofKind(smallBook(), "interaction").size(), 10'000 + contactsOfTheShowcase);
        QCOMPARE(ofKind(smallBook(), "case").size(), 600 + 1);
        QCOMPARE(ofKind(smallBook(), "user").size(), 4 + 1);
        QVERIFY(ofKind(smallBook(), "case_note").size() > 600);
        QVERIFY(ofKind(smallBook(), "follow_up").size() > 100);
        QVERIFY(!ofKind(smallBook(), "alert").isEmpty());
    }

    void idsAreTheDevicesOwnAndNoneIsGivenTwice()
    {
        QSet<qint64> seen;
        DemoCounts counts = *writeDemoBook(small(), [&](const RecordKey &key, const Fields &) -> Status {
            const bool isNew = !seen.contains(key.id) && deviceOf(key.id) == 5;
            seen.insert(key.id);
            return isNew ? Status(Done{}) : Status(Error{});
        });

        QVERIFY(std::ranges::all_of(seen, [&](qint64 id) { return counterOf(id) < counts.nextCounter; }));
        QCOMPARE(counts.nextCase, 1 + 601);
    }

    void countersBeginWhereTheyAreTold()
    {
        DemoSettings settings = small();
        settings.firstCounter = 5000;
        settings.firstCase = 70;
        const auto book = bookOf(settings);

        QVERIFY(std::ranges::all_of(book,
                                    [](const Written &record) { return counterOf(record.key.id) >= 5000; }));
        for (const Written &file : ofKind(book, "case"))
            QVERIFY(readCaseCode(file.fields["code"].toString())->caseCounter >= 70);
    }

    void everyFieldIsOfItsKindAndType()
    {
        for (const Written &record : smallBook()) {
            const KindSpec *kind = kindSpec(record.key.kind);
            QVERIFY(kind);
            for (auto field = record.fields.begin(); field != record.fields.end(); ++field) {
                const FieldSpec *spec = kind->field(field.key());
                QVERIFY2(spec, qPrintable(field.key()));
                if (!field->isValid())
                    continue;
                const auto type = spec->type == FieldType::Text      ? QMetaType::QString
                                  : spec->type == FieldType::Boolean ? QMetaType::Bool
                                                                     : QMetaType::LongLong;
                QCOMPARE(field->typeId(), int(type));
            }
        }
    }

    void everyReferencePointsBackToItsKind()
    {
        QSet<RecordKey> known;
        for (const Written &record : smallBook()) {
            for (const FieldSpec &spec : kindSpec(record.key.kind)->fields) {
                const QString name = QLatin1String(spec.name);
                const qint64 id = record.fields.value(name).toLongLong();
                if (spec.type == FieldType::Reference && id)
                    QVERIFY2(known.contains({kindOfReference(name), id}),
                             qPrintable(record.key.kind + '.' + name));
            }
            known.insert(record.key);
        }
    }

    void everyCustomerHasANameALanguageAndAZone()
    {
        const QRegularExpression tag("^[a-z]{2}(-[A-Z]{2})?$");
        for (const Written &record : ofKind(smallBook(), "customer")) {
            const Customer customer = customerFrom({record.key.id}, record.fields);
            QVERIFY(customer.name.size() > 3 && customer.name.trimmed() == customer.name);
            QVERIFY(QTimeZone(customer.timeZone.toLatin1()).isValid());
            for (const QString &language : customer.language.split(','))
                QVERIFY2(tag.match(language).hasMatch(), qPrintable(language));
        }
    }

    void namesComeInManyScripts()
    {
        QSet<QChar::Script> scripts;
        for (const Written &record : ofKind(smallBook(), "customer"))
            for (const QChar c : record.fields["name"].toString())
                scripts.insert(c.script());

        for (const auto script :
             {QChar::Script_Latin, QChar::Script_Arabic, QChar::Script_Thai, QChar::Script_Cyrillic})
            QVERIFY(scripts.contains(script));
    }

    void everyNumberIsReservedForFiction()
    {
        DemoSettings settings = small();
        settings.customers = 5000;
        for (const Written &point : ofKind(bookOf(settings), "contact_point"))
            if (point.fields["channel"] == "phone")
                QVERIFY2(isFiction(point.fields["e164"].toString()),
                         qPrintable(point.fields["e164"].toString()));
        for (const Written &contact : ofKind(smallBook(), "interaction"))
            if (const QString number = contact.fields["party_number"].toString(); !number.isEmpty())
                QVERIFY2(isFiction(number), qPrintable(number));
    }

    void everyNumberReadsAsItsE164()
    {
        for (const Written &point : ofKind(smallBook(), "contact_point"))
            if (point.fields["channel"] == "phone")
                QCOMPARE(toE164(point.fields["value"].toString(), "DE"), point.fields["e164"].toString());
    }

    void mailAddressesAreExamplesAndUnlikeEachOther()
    {
        const QRegularExpression address(R"(^[a-z0-9.]+@example\.(com|org|net)$)");
        QSet<QString> seen;
        for (const Written &point : ofKind(smallBook(), "contact_point")) {
            if (point.fields["channel"] != "email")
                continue;
            const QString value = point.fields["value"].toString();
            QVERIFY2(address.match(value).hasMatch() && !seen.contains(value), qPrintable(value));
            seen.insert(value);
        }
        QVERIFY(seen.size() > 600);
    }

    void beyondTheReservedNumbersEverybodyStillHasOneOfTheirOwn()
    {
        DemoSettings settings = small();
        settings.customers = 30'000;
        settings.interactionsPerCustomer = 0;
        settings.cases = 0;
        QSet<QString> own;
        int beyond = 0;
        for (const Written &record : ofKind(bookOf(settings), "contact_point")) {
            const QString number = record.fields["e164"].toString();
            if (number.isEmpty() || record.fields["shared"] != "no")
                continue;
            QVERIFY2(!own.contains(number), qPrintable(number));
            own.insert(number);
            if (isFiction(number))
                continue;
            ++beyond;
            QVERIFY(number.startsWith("+888"));
            if (beyond < 50)
                QCOMPARE(toE164(record.fields["value"].toString(), "DE"), number);
        }
        QVERIFY(beyond > 0);
    }

    void sharedNumbersAreSharedByTheirHouseholdOrCompany()
    {
        QHash<QString, QSet<QString>> waysOf;
        QHash<QString, int> owners;
        for (const Written &point : ofKind(smallBook(), "contact_point")) {
            const QString number = point.fields["e164"].toString();
            if (number.isEmpty())
                continue;
            waysOf[number].insert(point.fields["shared"].toString());
            ++owners[number];
        }
        for (auto ways = waysOf.begin(); ways != waysOf.end(); ++ways) {
            QCOMPARE(ways->size(), 1);
            QCOMPARE(ways->contains("no"), owners[ways.key()] == 1);
        }
    }

    void interactionsComeInTheOrderOfTimeAndNoneIsStillToCome()
    {
        TimeMs last = small().now - 735 * dayMs;
        for (const Written &record : ofKind(smallBook(), "interaction")) {
            const auto contact = interactionFrom({record.key.id}, record.fields);
            QVERIFY(*contact.startedAt >= last);
            QVERIFY(contact.endedAt.value_or(*contact.startedAt) >=
                    contact.answeredAt.value_or(*contact.startedAt));
            QVERIFY(contact.endedAt.value_or(*contact.startedAt) <= small().now);
            last = *contact.startedAt;
        }
        QVERIFY(last > small().now - hourMs);
    }

    void interactionsSaySomethingOnEveryChannel()
    {
        QHash<QString, QSet<QString>> notes;
        for (const Written &record : ofKind(smallBook(), "interaction")) {
            const QString note = record.fields["note"].toString();
            QVERIFY2(!note.contains(u'{') && !note.contains("  "), qPrintable(note));
            notes[record.fields["channel"].toString()].insert(note);
        }
        QCOMPARE(notes.size(), 8);
        QVERIFY(notes["call"].size() > 3000);
        for (const auto &texts : notes)
            QVERIFY(texts.size() > 5);
    }

    void outcomesAreCodesOfTheSetUp()
    {
        QSet<QString> codes = {QString()};
        for (const Written &outcome : ofKind(smallBook(), "outcome_code"))
            codes.insert(outcome.fields["code"].toString());
        for (const Written &record : ofKind(smallBook(), "interaction"))
            QVERIFY(codes.contains(record.fields["outcome"].toString()));
    }

    void casesAreOfEveryTypeAndInEveryState()
    {
        QSet<QString> types;
        QSet<QString> statuses;
        QSet<QString> codes;
        for (const Written &record : ofKind(smallBook(), "case")) {
            const Case file = caseFrom({record.key.id}, record.fields);
            types.insert(name(file.type));
            statuses.insert(name(file.status));
            QCOMPARE(canonicalCaseCode(file.code), file.code);
            QVERIFY(!codes.contains(file.code));
            codes.insert(file.code);
            QCOMPARE(file.closedAt.has_value(), !isOpen(file.status));
            QVERIFY(file.closedAt.value_or(file.openedAt) <= small().now && *file.dueAt > file.openedAt);
            QVERIFY(file.subject.size() > 5 && file.severity >= 1 && file.severity <= 4);
        }
        QCOMPARE(types.size(), 4);
        QCOMPARE(statuses.size(), 5);
    }

    void someWorkIsLateSomeIsForTodayAndSomeForTomorrow()
    {
        QSet<int> days;
        for (const QString &kind : {QString("case"), QString("follow_up")}) {
            days.clear();
            for (const Written &record : ofKind(smallBook(), kind)) {
                const QString state = record.fields[kind == "case" ? "status" : "state"].toString();
                if (QStringList{"open", "new", "in_progress", "waiting"}.contains(state))
                    days.insert(int(QDate(2026, 11, 20)
                                        .daysTo(QDateTime::fromMSecsSinceEpoch(
                                                    record.fields["due_at"].toLongLong(), berlin)
                                                    .date())));
            }
            QVERIFY(std::ranges::any_of(days, [](int day) { return day < 0; }));
            QVERIFY(days.contains(0));
            QVERIFY(days.contains(3)); // tomorrow is a Saturday: Monday
            QVERIFY(!days.contains(1) && !days.contains(2));
        }
    }

    void caseNotesAreWrittenWhileTheCaseIsOpen()
    {
        QHash<qint64, Case> files;
        for (const Written &record : ofKind(smallBook(), "case"))
            files[record.key.id] = caseFrom({record.key.id}, record.fields);
        for (const Written &record : ofKind(smallBook(), "case_note")) {
            const auto note = caseNoteFrom({record.key.id}, record.fields);
            const Case &file = files[note.caseId.value];
            QVERIFY(note.at >= file.openedAt && note.at <= file.closedAt.value_or(small().now));
            QVERIFY(!note.text.isEmpty());
        }
    }

    void anaCostaIsWhoThePictureShows()
    {
        const auto &book = smallBook();
        const auto ana = customerFrom({1}, named(book, "customer", "Ana Costa").fields);
        const auto company = named(book, "customer", "Brandt Klima GmbH");

        QCOMPARE(ana.organisation.value, company.key.id);
        QCOMPARE(ana.role, "Facility manager");
        QCOMPARE(ana.tier, "Gold");
        QCOMPARE(ana.language, "pt,de");
        QCOMPARE(ana.timeZone, "Europe/Lisbon");
        QCOMPARE(namesWithNumber(book, "+493023125147"), QStringList{"Ana Costa"});
        QCOMPARE(namesWithNumber(book, "+491713920047"), QStringList{"Ana Costa"});
    }

    void threeCostasShareOneLine()
    {
        QCOMPARE(namesWithNumber(smallBook(), "+493023125118"),
                 (QStringList{"Rui Costa", "Marta Costa", "Tiago Costa"}));
    }

    void anaCostasStoryIsTold()
    {
        const auto &book = smallBook();
        const qint64 ana = named(book, "customer", "Ana Costa").key.id;
        const qint64 ben = named(book, "user", "Ben Brandt").key.id;
        const auto calls = of(book, "interaction", "customer", ana);
        const auto complaints = of(book, "case", "customer", ana);
        const auto promises = of(book, "follow_up", "customer", ana);
        const auto alerts = of(book, "alert", "customer", ana);

        QCOMPARE(calls.size(), 5);
        QCOMPARE(complaints.size(), 1);
        QCOMPARE(complaints[0].fields["due_at"].toLongLong(), moment(11, 20, 16, 30));
        QCOMPARE(complaints[0].fields["severity"].toInt(), 2);
        QCOMPARE(promises.size(), 1);
        QCOMPARE(promises[0].fields["due_at"].toLongLong(), moment(11, 19, 16, 0));
        QCOMPARE(promises[0].fields["made_by"].toLongLong(), ben);
        QCOMPARE(alerts.size(), 1);
        QCOMPARE(alerts[0].fields["text"].toString(), "Do not promise delivery dates before the 28th");
        QCOMPARE(QDateTime::fromMSecsSinceEpoch(alerts[0].fields["until"].toLongLong(), berlin).date(),
                 QDate(2026, 11, 30));
    }

    void anaCostasNextCallIsTheThirdInAWeek()
    {
        const auto &book = smallBook();
        const auto calls = of(book, "interaction", "customer", named(book, "customer", "Ana Costa").key.id);

        QCOMPARE(std::ranges::count_if(calls,
                                       [](const Written &call) {
                                           return call.fields["channel"] == "call" &&
                                                  call.fields["direction"] == "in" &&
                                                  call.fields["started_at"].toLongLong() >
                                                      small().now - 7 * dayMs;
                                       }),
                 2);
    }

    void theCallersUsersDoTheWorkAndNeedNotBeWritten()
    {
        DemoSettings settings = small();
        settings.users = {{.id = {77}, .name = "Eve"}};
        settings.writeUsers = false;
        const auto book = bookOf(settings);

        QCOMPARE(ofKind(book, "user").size(), 1); // the field team
        QVERIFY(!of(book, "interaction", "agent", 77).isEmpty());
        QCOMPARE(of(book, "follow_up", "customer", named(book, "customer", "Ana Costa").key.id)[0]
                     .fields["made_by"],
                 77);
    }

    void earlyInTheMorningNothingIsInTheFuture()
    {
        DemoSettings settings = small();
        settings.now = moment(11, 23, 0, 3);
        for (const Written &record : bookOf(settings))
            for (const char *field : {"started_at", "ended_at", "opened_at", "closed_at", "at"})
                QVERIFY(record.fields.value(field).toLongLong() <= settings.now);
    }

    void smallestBookIsWritten()
    {
        QCOMPARE(ofKind(bookOf({.customers = minDemoCustomers,
                                .interactionsPerCustomer = 1,
                                .cases = 1,
                                .now = small().now,
                                .device = 1}),
                        "customer")
                     .size(),
                 minDemoCustomers);
    }

    void settingsThatMakeNoBookAreRefused_data()
    {
        QTest::addColumn<std::function<void(DemoSettings &)>>("spoil");
        using Spoil = std::function<void(DemoSettings &)>;
        const auto row = [](const char *name, const Spoil &spoil) { QTest::newRow(name) << spoil; };
        row("too few customers", [](DemoSettings &settings) { settings.customers = minDemoCustomers - 1; });
        row("less than nothing", [](DemoSettings &settings) { settings.cases = -1; });
        row("cases out of nothing", [](DemoSettings &settings) { settings.interactionsPerCustomer = 0; });
        row("no device", [](DemoSettings &settings) { settings.device = 0; });
        row("device too large", [](DemoSettings &settings) { settings.device = maxDevice + 1; });
        row("no counter", [](DemoSettings &settings) { settings.firstCounter = 0; });
        row("unknown zone", [](DemoSettings &settings) { settings.zone = "Europe/Nowhere"; });
        row("user without id", [](DemoSettings &settings) { settings.users = {{.name = "Eve"}}; });
    }
    void settingsThatMakeNoBookAreRefused()
    {
        QFETCH(std::function<void(DemoSettings &)>, spoil);
        DemoSettings settings = small();
        spoil(settings);
        int written = 0;

        const auto counts = writeDemoBook(settings, [&](const RecordKey &, const Fields &) -> Status {
            ++written;
            return Done{};
        });

        QVERIFY(!counts && counts.error().fault == Fault::Invalid);
        QCOMPARE(written, 0);
    }

    void firstErrorOfTheSinkEndsTheBook()
    {
        int asked = 0;

        const auto counts = writeDemoBook(small(), [&](const RecordKey &, const Fields &) -> Status {
            if (++asked < 3000)
                return Done{};
            return Error{Fault::DiskFull, "no room"};
        });

        QVERIFY(!counts && counts.error().fault == Fault::DiskFull);
        QCOMPARE(asked, 3000);
    }
};

QTEST_APPLESS_MAIN(tst_DemoBook)
#include "tst_DemoBook.moc"
