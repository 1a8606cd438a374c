#include "model/domain/PlainText.h"

#include <QVector>

namespace ringbook::model {

namespace {

bool isDirectionChange(char32_t c)
{
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

/// What no person typed to be read: byte order marks, tags, annotations, unassigned ends of
/// planes.
bool isInvisible(char32_t c)
{
    return c == 0xFEFF || c == 0x200B || c == 0x2060 || QChar::isNonCharacter(c) ||
           (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

bool breaksLine(char32_t c)
{
    const auto category = QChar::category(c);
    return category == QChar::Other_Control || category == QChar::Separator_Line ||
           category == QChar::Separator_Paragraph;
}

} // namespace

QString plainText(const QString &text, int length)
{
    QString plain;
    for (const char32_t original : text.toUcs4()) { // halves of pairs become U+FFFD
        const char32_t c = breaksLine(original) ? U' ' : original;
        if (isDirectionChange(c) || isInvisible(c) || (plain.isEmpty() && QChar::isSpace(c)))
            continue;
        if (plain.size() + (QChar::requiresSurrogates(c) ? 2 : 1) > length)
            break;
        plain.append(QChar::fromUcs4(c));
    }
    return plain.trimmed();
}

QString plainLines(const QString &text)
{
    QString plain;
    for (const char32_t c : text.toUcs4()) {
        if (c == U'\n' || c == U'\t')
            plain.append(QChar(char16_t(c)));
        else if (c == 0x2028 || c == 0x2029)
            plain.append(u'\n');
        else if (!breaksLine(c) && !isDirectionChange(c) && !isInvisible(c))
            plain.append(QChar::fromUcs4(c));
    }
    return plain.trimmed();
}

} // namespace ringbook::model
