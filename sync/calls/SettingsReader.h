#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace ringbook::calls {

/// Reads members one by one and remembers the first that is not what it should be.
class SettingsReader
{
public:
    explicit SettingsReader(QJsonObject object) : m_object(std::move(object)) {}

    QString text(const char *name, const QString &fallback = {})
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        if (value.isUndefined())
            return fallback;
        const QString text = value.toString();
        if (!value.isString() || text.contains(u'\n') || text.contains(u'\r'))
            complain(name, "must be text of one line");
        return text;
    }

    bool flag(const char *name, bool fallback)
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        if (value.isUndefined())
            return fallback;
        if (!value.isBool())
            complain(name, "must be true or false");
        return value.toBool();
    }

    int number(const char *name, int fallback)
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        if (value.isUndefined())
            return fallback;
        if (!value.isDouble())
            complain(name, "must be a number");
        return value.toInt();
    }

    QStringList texts(const char *name)
    {
        QStringList texts;
        const QJsonArray values = list(name);
        for (const QJsonValue &value : values) {
            texts += value.toString();
            if (texts.last().isEmpty() || texts.last().contains(u'\n') || texts.last().contains(u'\r'))
                complain(name, "must be a list of texts of one line");
        }
        return texts;
    }

    QJsonArray list(const char *name)
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        if (!value.isUndefined() && !value.isArray())
            complain(name, "must be a list");
        return value.toArray();
    }

    QJsonObject members(const char *name)
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        if (!value.isUndefined() && !value.isObject())
            complain(name, "must be an object");
        return value.toObject();
    }

    void complain(const char *name, const char *what)
    {
        if (m_problem.isEmpty())
            m_problem = QStringLiteral("\"%1\" %2").arg(QLatin1String(name), QLatin1String(what));
    }

    QString problem() const { return m_problem; }

private:
    QJsonObject m_object;
    QString m_problem;
};

} // namespace ringbook::calls
