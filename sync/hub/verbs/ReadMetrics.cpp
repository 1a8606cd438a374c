#include "sync/hub/verbs/ReadMetrics.h"

#include <QHostAddress>

namespace ringbook::hub {

namespace {

QByteArray metric(const QByteArray &name, const char *type, const char *help, qint64 value)
{
    return "# HELP ringbook_" + name + ' ' + help + "\n# TYPE ringbook_" + name + ' ' + type + "\nringbook_" +
           name + ' ' + QByteArray::number(value) + '\n';
}

} // namespace

QByteArray ReadMetrics::text() const
{
    QByteArray text =
        metric("commits_total", "counter", "Group commits of a book.", m_metrics.commits) +
        metric("changes_total", "counter", "Changes this hub ordered.", m_metrics.changes) +
        metric("refused_ops_total", "counter", "Ops of desks that were refused.", m_metrics.refusedOps) +
        metric("repairs_total", "counter", "Buckets of records that desks had to repair.",
               m_metrics.repairs) +
        metric("recounts_total", "counter", "Books whose own sums were wrong.", m_metrics.recounts) +
        metric("streams", "gauge", "Desks that listen.", m_fanout.streams());
    text += "# HELP ringbook_book_head The last seq of a book.\n# TYPE ringbook_book_head gauge\n";
    for (const sync::BookGrant &book : m_fanout.heads())
        text +=
            "ringbook_book_head{book=\"" + book.book.toUtf8() + "\"} " + QByteArray::number(book.head) + '\n';
    return text;
}

void ReadMetrics::answer(const Ask &ask, Reply reply)
{
    if (!QHostAddress(ask.address).isLoopback())
        return reply(problem(403, sync::problem::forbidden, QStringLiteral("Not from here"),
                             QStringLiteral("Only programs on the hub's own machine may read its metrics.")));
    reply(Told{.body = text(), .contentType = "text/plain; version=0.0.4"});
}

} // namespace ringbook::hub
