#include "model/domain/CaseCode.h"

#include "model/core/Id.h"

#include <array>

namespace ringbook::model {

namespace {

constexpr char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int bitsPerDigit = 5;
constexpr int minDigits = 2;        // of each number, so that the shortest code has six characters
constexpr int maxDeviceDigits = 5;  // 24 bits
constexpr int maxCounterDigits = 8; // 39 bits
constexpr int counterLengths = maxCounterDigits - minDigits + 1;
constexpr int headers = (maxDeviceDigits - minDigits + 1) * counterLengths;
constexpr int firstLetter =
    10; // of the alphabet: header 0 is 'A', so that headers run through all letters first

/// Twice x in GF(32), the field of 5-bit numbers modulo x^5 + x^2 + 1.
constexpr int doubled(int x)
{
    const int twice = x << 1;
    return twice & 32 ? twice ^ 0b100101 : twice;
}

constexpr int product(int a, int b)
{
    int sum = 0;
    for (; b; b >>= 1, a = doubled(a))
        if (b & 1)
            sum ^= a;
    return sum;
}

/// The weighted sum of all characters; the last has weight 1, each before it twice the weight of its
/// neighbour. 0 for a code with its check character: no weight is 0, so one wrong character cannot keep it,
/// and neighbours have different weights, so swapping two different ones cannot either.
int checkSum(const QVector<int> &values)
{
    int sum = 0;
    int weight = 1;
    for (auto value = values.rbegin(); value != values.rend(); ++value, weight = doubled(weight))
        sum ^= product(*value, weight);
    return sum;
}

int digitsOf(qint64 number)
{
    int digits = minDigits;
    while (number >> (bitsPerDigit * digits))
        ++digits;
    return digits;
}

void appendNumber(QVector<int> &values, qint64 number, int digits)
{
    for (int digit = digits - 1; digit >= 0; --digit)
        values.append(int(number >> (bitsPerDigit * digit)) & 31);
}

qint64 numberIn(const QVector<int> &values, int from, int digits)
{
    qint64 number = 0;
    for (int i = from; i < from + digits; ++i)
        number = number << bitsPerDigit | values[i];
    return number;
}

/// What each ASCII character is worth, as typed or heard; -1 for those that are in no code.
constexpr auto valueByCharacter = [] {
    std::array<signed char, 128> values = {};
    values.fill(-1);
    for (int value = 0; value < 32; ++value) {
        const char c = alphabet[value];
        values[size_t(c)] = char(value);
        if (c >= 'A')
            values[size_t(c - 'A' + 'a')] = char(value);
    }
    values['O'] = values['o'] = 0;
    values['I'] = values['i'] = values['L'] = values['l'] = 1;
    return values;
}();

std::optional<int> valueOf(QChar typed)
{
    const int value = typed.unicode() < valueByCharacter.size() ? valueByCharacter[typed.unicode()] : -1;
    return value >= 0 ? std::optional(value) : std::nullopt;
}

bool isSeparator(QChar c)
{
    return c.isSpace() || c == u'-' || (c >= QChar(0x2010) && c <= QChar(0x2015)) || c == QChar(0x2212);
}

Result<QVector<int>> valuesOf(const QString &text)
{
    constexpr int longest = 1 + maxDeviceDigits + maxCounterDigits + 1;
    QVector<int> values;
    for (const QChar c : text) {
        if (isSeparator(c))
            continue;
        const auto value = valueOf(c);
        if (!value || values.size() == longest)
            return Error{Fault::Invalid, "this is not a case code"};
        values.append(*value);
    }
    return values;
}

QString spelled(const QVector<int> &values)
{
    QString code;
    for (const int value : values)
        code.append(QLatin1Char(alphabet[value]));
    return code;
}

} // namespace

QString caseCode(qint64 device, qint64 caseCounter)
{
    Q_ASSERT(device > 0 && device <= maxDevice && caseCounter > 0 && caseCounter <= maxCounter);
    const int deviceDigits = digitsOf(device);
    const int counterDigits = digitsOf(caseCounter);
    const int header = (deviceDigits - minDigits) * counterLengths + counterDigits - minDigits;

    QVector<int> values = {(header + firstLetter) % 32};
    appendNumber(values, device, deviceDigits);
    appendNumber(values, caseCounter, counterDigits);
    values.append(0);
    values.last() = checkSum(values);
    return spelled(values);
}

Result<CaseCodeParts> readCaseCode(const QString &text)
{
    const auto values = valuesOf(text);
    if (!values)
        return values.error();
    if (values->isEmpty())
        return Error{Fault::Invalid, "this is not a case code"};

    const int header = (values->first() + 32 - firstLetter) % 32;
    const int deviceDigits = header / counterLengths + minDigits;
    const int counterDigits = header % counterLengths + minDigits;
    if (header >= headers || values->size() != 1 + deviceDigits + counterDigits + 1)
        return Error{Fault::Invalid, "this is not a case code: its length is wrong"};
    if (checkSum(*values) != 0)
        return Error{Fault::Invalid, "this case code has a wrong character"};

    const CaseCodeParts parts = {numberIn(*values, 1, deviceDigits),
                                 numberIn(*values, 1 + deviceDigits, counterDigits)};
    const bool inRange = parts.device > 0 && parts.device <= maxDevice && parts.caseCounter > 0 &&
                         parts.caseCounter <= maxCounter;
    if (!inRange || digitsOf(parts.device) != deviceDigits || digitsOf(parts.caseCounter) != counterDigits)
        return Error{Fault::Invalid, "this is not a case code: nobody makes it"};
    return parts;
}

QString canonicalCaseCode(const QString &text)
{
    const auto parts = readCaseCode(text);
    return parts ? caseCode(parts->device, parts->caseCounter) : QString();
}

QString groupedCaseCode(const QString &code)
{
    QVector<qsizetype> groups;
    switch (code.size()) {
    case 7: groups = {2, 3, 2}; break;
    case 8: groups = {3, 2, 3}; break;
    default: groups.fill(3, (code.size() + 2) / 3);
    }
    QStringList parts;
    qsizetype from = 0;
    for (const auto length : groups) {
        parts.append(code.mid(from, length));
        from += length;
    }
    return parts.join(u'-');
}

} // namespace ringbook::model
