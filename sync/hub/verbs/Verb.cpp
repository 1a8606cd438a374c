#include "sync/hub/verbs/Verb.h"

#include "model/domain/Kinds.h"

#include <QLoggingCategory>

namespace ringbook::hub {

namespace {

Q_LOGGING_CATEGORY(log, "ringbook.hub")

} // namespace

sync::Problem problem(int status, const char *type, const QString &title, const QString &detail)
{
    return sync::Problem{.status = status, .type = QLatin1String(type), .title = title, .detail = detail};
}

sync::Problem tooBusy()
{
    return sync::problemFrom({Fault::Busy, QStringLiteral("The hub has more work than it can do at once.")});
}

sync::Problem problemOf(const Error &error)
{
    sync::Problem told = sync::problemFrom(error);
    if (told.status < 500)
        return told;
    if (told.status != 507) // the writer says when that begins and when it is over
        qCWarning(log, "%s", qPrintable(error.detail.simplified()));
    told.detail = told.status == 507   ? QStringLiteral("There is no space left on the hub's disk.")
                  : told.status == 503 ? QStringLiteral("The hub cannot reach its database just now.")
                                       : QStringLiteral("The hub could not do it; its log says why.");
    return told;
}

std::optional<sync::Problem> bookTrouble(const Ask &ask)
{
    const QString book = ask.path.value(QStringLiteral("book"));
    if (ask.caller.books.contains(book))
        return std::nullopt;
    return problem(403, sync::problem::forbidden, QStringLiteral("This book is not yours"),
                   QStringLiteral("%1 has no access to a book “%2”.").arg(ask.caller.name, book.left(40)));
}

std::optional<sync::Problem> schemaTrouble(int schema)
{
    if (schema >= 1 && schema <= model::schemaNumber)
        return std::nullopt;
    if (schema < 1)
        return sync::problemFrom({Fault::Invalid, QStringLiteral("schema must be 1 or more.")});
    return sync::problemFrom(
        {Fault::TooNew, QStringLiteral("This hub knows schemas up to %1; the request names %2.")
                            .arg(model::schemaNumber)
                            .arg(schema)});
}

sync::Problem resetTo(const sync::Reset &reset)
{
    sync::Problem told =
        problem(409, sync::problem::reset, QStringLiteral("Start again from the beginning"),
                QStringLiteral("The cursor belongs to no place in this log (%1).").arg(reset.reason));
    told.reset = reset;
    return told;
}

} // namespace ringbook::hub
