#include "app/hub/Commands.h"
#include "app/hub/DataFolder.h"
#include "app/hub/Office.h"
#include "app/hub/StarterSetUp.h"
#include "model/core/Id.h"

namespace ringbook::app {

namespace {

constexpr char leftToTheHub[] =
    " What is left of them in gaps of the file the hub that serves it takes out when nobody writes.";

ExitStatus addBook(const QCommandLineParser &parser, const Terminal &terminal)
{
    auto admin = administration(placeFrom(parser));
    if (!admin)
        return terminal.fail(admin.error());
    const auto book =
        admin->addBook(parser.positionalArguments().last(), parser.value(QStringLiteral("region")));
    if (!book)
        return terminal.fail(book.error());
    if (const Status begun = addStarterSetUp(*admin, book->name, SystemClock().now()); !begun)
        return terminal.fail(begun.error());
    sync::JsonWriter json;
    json.beginObject().member("book", book->name).member("region", book->region).endObject();
    terminal.say(
        QStringLiteral("There is a book “%1” now; numbers without a country are read as in %2 (--region).")
            .arg(book->name, book->region),
        json);
    return ExitStatus::Success;
}

/// For `restore --erased`.
ExitStatus listErased(const hub::Administration &admin, const Terminal &terminal)
{
    const auto erased = admin.erased();
    if (!erased)
        return terminal.fail(erased.error());
    for (const hub::Erased &one : *erased) {
        sync::JsonWriter json;
        json.beginObject().member("book", one.book).member("kind", one.record.kind).id("id", one.record.id);
        json.member("at", one.at).endObject();
        terminal.say(QString::fromUtf8(hub::listOf({one})).trimmed(), json);
    }
    return ExitStatus::Success;
}

/// False: a hub serves the folder and does it when it is quiet.
Result<bool> cleanUnlessServed(hub::Administration &admin, const Place &place)
{
    const auto lock = place.folder ? place.folder->lock() : std::shared_ptr<QLockFile>();
    if (!lock && lock.error().fault == Fault::Busy)
        return false;
    if (!lock)
        return lock.error();
    const Status cleaned = admin.cleanUp();
    return cleaned ? Result<bool>(true) : cleaned.error();
}

/// By the number of their record, or by a telephone number that is theirs alone.
Result<qint64> customerFrom(const QCommandLineParser &parser, const hub::Administration &admin,
                            const QString &book)
{
    if (const auto id = idFromText(parser.value(QStringLiteral("customer"))))
        return *id;
    const QString number = parser.value(QStringLiteral("phone"));
    const auto owners = admin.ownersOf(book, number);
    if (!owners)
        return owners.error();
    if (owners->isEmpty())
        return Error{Fault::NotFound,
                     QStringLiteral("Nobody in the book “%1” has the number %2.").arg(book, number)};
    if (owners->size() == 1)
        return owners->first().customer;
    QStringList names;
    for (const hub::NumberOwner &one : *owners)
        names.append(QStringLiteral("%1 (%2)").arg(one.customer).arg(one.name));
    return Error{Fault::Invalid,
                 QStringLiteral("%1 customers have the number %2; say with --customer which: %3.")
                     .arg(owners->size())
                     .arg(number, names.join(QStringLiteral(", ")))};
}

ExitStatus erase(const QCommandLineParser &parser, const Terminal &terminal)
{
    if (parser.isSet(QStringLiteral("list"))) {
        const auto admin = administration(existingPlaceFrom(parser));
        return admin ? listErased(*admin, terminal) : terminal.fail(admin.error());
    }
    const QString name = parser.value(QStringLiteral("book"));
    if (name.isEmpty())
        return Terminal::wrongUsage(QStringLiteral("Say with --book in which book."),
                                    QStringLiteral("erase "));
    if (!idFromText(parser.value(QStringLiteral("customer"))) &&
        parser.value(QStringLiteral("phone")).isEmpty())
        return Terminal::wrongUsage(
            QStringLiteral(
                "Say with --customer which customer, by the number of their record, or with --phone."),
            QStringLiteral("erase "));
    const auto place = existingPlaceFrom(parser);
    auto admin = administration(place);
    if (!admin)
        return terminal.fail(admin.error());
    const auto customer = customerFrom(parser, *admin, name);
    if (!customer)
        return terminal.fail(customer.error());
    const auto records = admin->erase(name, *customer);
    if (!records)
        return terminal.fail(records.error());
    const auto isClean = cleanUnlessServed(*admin, *place);
    if (!isClean)
        return terminal.fail(isClean.error());
    sync::JsonWriter json;
    json.beginObject().member("book", name).id("customer", *customer).member("records", *records);
    json.key("clean").boolean(*isClean).endObject();
    const QString sentence =
        *records ? QStringLiteral("The customer is erased, with all about them: %1 records.").arg(*records)
                 : QStringLiteral("The customer was erased before.");
    terminal.say(*isClean ? sentence : sentence + QLatin1String(leftToTheHub), json);
    return ExitStatus::Success;
}

} // namespace

Command eraseCommand()
{
    return Command{
        .words = QStringLiteral("erase"),
        .purpose = QStringLiteral("Remove a customer for good, here and on every desk."),
        .options =
            {
                dataOption(),
                databaseOption(),
                {QStringLiteral("book"), QStringLiteral("Needed: their book."), QStringLiteral("BOOK")},
                {QStringLiteral("customer"), QStringLiteral("The number of their record."),
                 QStringLiteral("ID")},
                {QStringLiteral("phone"), QStringLiteral("Or their telephone number, if it is theirs alone."),
                 QStringLiteral("NUMBER")},
                {QStringLiteral("list"), QStringLiteral("Erase nobody; say which records ever were.")},
            },
        .run = erase,
    };
}

Command addBookCommand()
{
    return Command{
        .words = QStringLiteral("book add"),
        .purpose = QStringLiteral("Begin a new book."),
        .options =
            {
                dataOption(),
                databaseOption(),
                {QStringLiteral("region"), QStringLiteral("Where its numbers are at home, ISO 3166."),
                 QStringLiteral("REGION"), QStringLiteral("DE")},
            },
        .argument = QStringLiteral("NAME"),
        .run = addBook,
    };
}

} // namespace ringbook::app
