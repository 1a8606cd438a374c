#pragma once

#include "sync/calls/esl/wire/EslParser.h"

#include <QHash>

#include <optional>

namespace ringbook::calls {

// Beyond these a field is left out; a row is not read.
constexpr qsizetype maxEslFields = 2'000;
constexpr qsizetype maxEslValueLength = 16 * 1024;
constexpr qsizetype maxEslRows = 20'000; ///< more than any one FreeSWITCH has up

/// An event or a row of a list: text by name, none of it to be trusted. A list of values counts as its first.
struct EslEvent
{
    QHash<QString, QString> fields = {};
    QString body = {}; ///< what came behind the event's own headers, such as the answer of a job

    QString text(const QString &key) const; ///< empty also for FreeSWITCH's word for "not set"
    bool isTrue(const QString &key) const;
};

/// The event in a frame, as JSON or as headers with a body of their own; nothing if there is none.
std::optional<EslEvent> eslEventOf(const EslFrame &frame);

/// Of a JSON object; nothing if it is none. Bytes that are no UTF-8 are replaced, as names from telephones
/// have them.
std::optional<EslEvent> eslEventFromJson(const QByteArray &json);

/// The rows of "show … as json"; nothing if it is no such list.
std::optional<QVector<EslEvent>> eslRowsFromJson(const QByteArray &json);

} // namespace ringbook::calls
