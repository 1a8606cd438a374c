#pragma once

#include "model/core/Result.h"

#include <QByteArrayView>
#include <QPair>
#include <QString>
#include <QStringList>
#include <QVector>

namespace ringbook::calls {

constexpr qsizetype maxHookBytes = 64 << 10; ///< of a body
constexpr qsizetype maxHookFields = 200;
constexpr qsizetype maxHookText = 1000; ///< UTF-16 units of a value; a longer one is as good as empty

/// The fields of one request, in the order they came, whether it was a form or JSON. A name may come several
/// times.
class HookFields
{
public:
    using Field = QPair<QString, QString>;
    explicit HookFields(QVector<Field> fields = {}) : m_fields(std::move(fields)) {}

    QString text(QLatin1String name) const; ///< the first of this name in any case; empty if there is none
    QStringList texts(QLatin1String name) const; ///< all of this name and of "name[]", none empty
    bool flag(QLatin1String name) const;         ///< "true", "1" or "yes"
    const QVector<Field> &all() const { return m_fields; }

private:
    QVector<Field> m_fields;
};

/// JSON or application/x-www-form-urlencoded, by the content type or, without a telling one, by the look.
/// Members of JSON that are neither plain values nor lists of them are passed over.
Result<HookFields> readHookFields(const QByteArray &body, const QByteArray &contentType);

bool saysJson(const QByteArray &body, const QByteArray &contentType);

} // namespace ringbook::calls
