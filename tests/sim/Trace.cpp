#include "tests/sim/Trace.h"

#include <QMetaType>

namespace ringbook::sim {

namespace {

constexpr qsizetype mostOfABody = 200;

QString begun(const QByteArray &body)
{
    return QString::fromUtf8(body.first(std::min(body.size(), mostOfABody)));
}

template <typename T>
QString nameOfType()
{
    return QString::fromLatin1(QMetaType::fromType<T>().name()).section(QStringLiteral("::"), -1);
}

QString inWords(const model::Cursor &cursor)
{
    return QStringLiteral("%1 of %2%3")
        .arg(cursor.seq)
        .arg(cursor.epoch.left(6), cursor.byRows ? QStringLiteral(" by rows") : QString());
}

QStringList countersOf(const QVector<model::Op> &ops)
{
    QStringList words;
    for (const model::Op &op : ops)
        words.append(QString::number(op.counter));
    return words;
}

/// The few members that many of them have under the same names.
template <typename T>
QString described(const T &what)
{
    QStringList words{nameOfType<T>()};
    if constexpr (requires { what.id; })
        words.append(QStringLiteral("#%1").arg(what.id));
    if constexpr (requires { what.request.path; })
        words.append(sim::inWords(what.request));
    if constexpr (requires { what.answer.status; })
        words.append(sim::inWords(what.answer));
    if constexpr (requires { what.cursor; })
        words.append(inWords(what.cursor));
    if constexpr (requires { what.upTo; })
        words.append(inWords(what.upTo));
    if constexpr (requires { what.page.changes; })
        words.append(QStringLiteral("%1…%2 of %3%4")
                         .arg(what.page.from)
                         .arg(what.page.to)
                         .arg(what.page.head)
                         .arg(what.page.rows ? " by rows" : ""));
    if constexpr (requires { what.reset.reason; })
        words.append(QStringLiteral("%1: %2, done %3, same up to %4")
                         .arg(what.reset.reason, what.reset.epoch.left(6))
                         .arg(what.reset.done.value_or(0))
                         .arg(what.reset.sameUpTo));
    if constexpr (requires { what.manifest.at; })
        words.append(inWords(what.manifest.at));
    if constexpr (requires { what.reply.device; })
        words.append(QStringLiteral("device %1").arg(what.reply.device));
    if constexpr (requires { what.ops; })
        words.append(countersOf(what.ops).join(u' '));
    if constexpr (requires { what.counters; })
        for (const qint64 counter : what.counters)
            words.append(QString::number(counter));
    if constexpr (requires { what.counter; })
        words.append(QStringLiteral("op %1").arg(what.counter));
    if constexpr (requires { what.from; })
        words.append(QStringLiteral("from %1").arg(what.from));
    if constexpr (requires { what.round; })
        words.append(QStringLiteral("round %1").arg(what.round));
    if constexpr (requires { what.frame; })
        words.append(QStringLiteral("frame %1").arg(what.frame));
    if constexpr (requires { what.reason; })
        words.append(what.reason);
    if constexpr (requires { what.error.detail; })
        words.append(what.error.detail);
    if constexpr (requires { what.bytes; })
        words.append(begun(what.bytes).simplified());
    return words.join(u' ');
}

} // namespace

QString inWords(const sync::Input &input)
{
    return QStringLiteral("> ") + std::visit([](const auto &what) { return described(what); }, input);
}

QString inWords(const sync::Effect &effect)
{
    return QStringLiteral("< ") + std::visit([](const auto &what) { return described(what); }, effect);
}

QString inWords(const sync::HttpRequest &request)
{
    return QString::fromLatin1(request.method + ' ' + request.path + ' ') + begun(request.body);
}

QString inWords(const sync::HttpAnswer &answer)
{
    return answer.status == 0 ? answer.failure : QString::number(answer.status) + u' ' + begun(answer.body);
}

} // namespace ringbook::sim
