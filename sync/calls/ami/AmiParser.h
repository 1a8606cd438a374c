#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QPair>
#include <QString>
#include <QStringList>
#include <QVector>

namespace ringbook::calls {

// Beyond these a line or field is skipped and its message marked damaged; the stream goes on.
constexpr qsizetype maxAmiLineBytes = 16 * 1024;
constexpr qsizetype maxAmiFields = 400;
constexpr qsizetype maxAmiMessageBytes = 256 * 1024;

/// One message of the manager interface, keys in the order they came; some come several times.
struct AmiMessage
{
    QVector<QPair<QString, QString>> fields = {};
    bool damaged = false; ///< something was longer than the limits and is missing

    /// The first value of this key; empty also for the PBX's word for "unknown".
    QString text(QLatin1String key) const;
    QStringList texts(QLatin1String key) const;
};

/// Bytes, cut anywhere, into messages. Holds at most one message and one line within the limits.
class AmiParser
{
public:
    QVector<AmiMessage> take(QByteArrayView bytes);

    /// The line a connection begins with ("Asterisk Call Manager/11.0.0"); empty until it is complete.
    QString greeting() const { return m_greeting; }
    bool hasGreeting() const { return m_greeted; }

private:
    void takeLine(QVector<AmiMessage> &messages);
    void takeField(QByteArrayView line);

    QByteArray m_line;
    bool m_lineTooLong = false;
    AmiMessage m_message;
    qsizetype m_messageBytes = 0;
    QString m_greeting;
    bool m_greeted = false;
};

} // namespace ringbook::calls
