#include "sync/calls/recording/NumberMask.h"

#include <QRegularExpression>

#include <algorithm>

namespace ringbook::calls {

namespace {

constexpr int shortestHiddenNumber = 3;
constexpr int shortestName = 3;
const QString hidden = QStringLiteral("hidden");

QString digitsOf(const QString &number)
{
    QString digits;
    std::ranges::copy_if(number, std::back_inserter(digits), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return digits;
}

QString tailOf(const QString &number)
{
    return digitsOf(number).right(tellingDigits);
}

/// Ids ("1795301915.42"), the ends of channels' names ("-000001a9") and then what may be numbers, as people
/// write them.
const QRegularExpression &tokens()
{
    static const QRegularExpression tokens(QStringLiteral(
        R"(\d{9,11}\.\d+|-[0-9a-f]{8}(?![0-9A-Za-z])|)"
        R"((?<![A-Za-z0-9_])(\+?\(?\d(?:(?:[ ()]|-(?![0-9a-f]{8}(?![0-9A-Za-z])))*\d)+)(?![A-Za-z0-9_]))"));
    return tokens;
}

QString withOtherEnd(QString number, const QString &digits)
{
    qsizetype next = digits.size() - 1;
    for (qsizetype i = number.size() - 1; i >= 0 && next >= 0; --i)
        if (number[i] >= u'0' && number[i] <= u'9')
            number[i] = digits[next--];
    return number;
}

} // namespace

NumberMask::NumberMask(const PbxSettings &settings, bool everybody) : m_everybody(everybody)
{
    for (const Agent &agent : settings.agents) {
        m_own.insert(agent.name);
        m_own.insert(tailOf(agent.extension));
    }
    for (auto line = settings.lines.keyBegin(); line != settings.lines.keyEnd(); ++line)
        m_own.insert(tailOf(*line));
}

void NumberMask::hide(const QString &number, const QString &name)
{
    if (digitsOf(number).size() >= shortestHiddenNumber && !m_own.contains(tailOf(number)))
        m_hidden.insert(tailOf(number));
    if (name.size() >= shortestName && !m_own.contains(name))
        m_names.insert(name, hidden);
}

void NumberMask::meet(const QString &name)
{
    const bool isSomebody = name.size() >= shortestName && !name.startsWith(u'<') && digitsOf(name) != name;
    if (m_everybody && isSomebody && !m_own.contains(name) && !m_names.contains(name))
        m_names.insert(name, QStringLiteral("Caller %1").arg(m_names.size() + 1));
}

QString NumberMask::maskedNumber(const QString &run)
{
    const QString tail = tailOf(run);
    if (m_hidden.contains(tail))
        return hidden;
    if (!m_everybody || tail.size() < shortestMaskedNumber || m_own.contains(tail))
        return run;
    if (!m_instead.contains(tail))
        m_instead.insert(tail,
                         QStringLiteral("%1").arg(m_instead.size() + 1, replacedDigits, 10, QChar(u'0')));
    return withOtherEnd(run, m_instead.value(tail).right(replacedDigits));
}

QString NumberMask::masked(const QString &text)
{
    QString without = text;
    QStringList names = m_names.keys();
    std::ranges::sort(names, std::ranges::greater(), &QString::size);
    for (const QString &name : std::as_const(names))
        without.replace(name, m_names.value(name));
    QString all;
    qsizetype done = 0;
    for (auto token = tokens().globalMatch(without); token.hasNext();) {
        const auto match = token.next();
        if (match.capturedLength(1) == 0)
            continue;
        all += without.sliced(done, match.capturedStart() - done);
        all += maskedNumber(match.captured(1));
        done = match.capturedEnd();
    }
    return all + without.sliced(done);
}

} // namespace ringbook::calls
