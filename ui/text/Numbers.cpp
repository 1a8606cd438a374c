#include "ui/text/Numbers.h"

#include "model/domain/CaseCode.h"
#include "model/domain/PhoneNumber.h"

#include <QCache>
#include <QStringList>

#include <algorithm>

namespace ringbook::ui {

namespace {

constexpr QChar leftToRightIsolate(0x2066);
constexpr QChar rightToLeftIsolate(0x2067);
constexpr QChar firstStrongIsolate(0x2068);
constexpr QChar popIsolate(0x2069);
constexpr QChar
    thinSpace(0x202f); ///< narrow and not breaking, so that a line or a right-to-left text keeps it whole

constexpr int longestBlock = 6; ///< digits in a row that can still be read aloud at once
constexpr int firstPart = 5;
constexpr int thousand = 3;
constexpr int maxKeptNumbers = 200;

QString leftToRight(const QString &text)
{
    return text.isEmpty() ? text : leftToRightIsolate + text + popIsolate;
}

} // namespace

QString isolated(const QString &text)
{
    return text.isEmpty() ? text : firstStrongIsolate + text + popIsolate;
}

QString withoutMarks(QString text)
{
    text.removeIf([](QChar letter) {
        return letter == leftToRightIsolate || letter == rightToLeftIsolate || letter == firstStrongIsolate ||
               letter == popIsolate;
    });
    return text;
}

QString phoneForPeople(const QString &e164OrText)
{
    // One card says a number up to four times, and the same ones come again.
    static thread_local QCache<QString, QString> lately(maxKeptNumbers);
    if (const QString *known = lately.object(e164OrText))
        return *known;
    QStringList blocks = model::formattedPhone(e164OrText).split(u' ');
    for (QString &block : blocks) {
        const bool isAllDigits =
            std::all_of(block.begin(), block.end(), [](QChar letter) { return letter.isDigit(); });
        if (isAllDigits && block.size() > longestBlock)
            block.insert(firstPart, u' ');
    }
    const QString shown = leftToRight(blocks.join(u' '));
    lately.insert(e164OrText, new QString(shown));
    return shown;
}

QString caseCodeForPeople(const QString &code)
{
    return leftToRight(model::groupedCaseCode(code));
}

QString grouped(qint64 count)
{
    QString digits = QString::number(count);
    const qsizetype first = count < 0 ? 1 : 0;
    for (qsizetype at = digits.size() - thousand; at > first; at -= thousand)
        digits.insert(at, thinSpace);
    return digits;
}

} // namespace ringbook::ui
