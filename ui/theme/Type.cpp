#include "ui/theme/Type.h"

#include <algorithm>

namespace ringbook::ui {

namespace {

struct Spec
{
    int size;
    int lineHeight;
    QFont::Weight weight;
};

constexpr Spec specOf(TextRole role)
{
    switch (role) {
    case TextRole::Title: return {20, 26, QFont::DemiBold};
    case TextRole::Body: return {13, 18, QFont::Normal};
    case TextRole::Medium: return {13, 18, QFont::Medium};
    case TextRole::Strong: return {13, 18, QFont::DemiBold};
    case TextRole::Status: return {12, 16, QFont::Normal};
    case TextRole::Section: return {11, 16, QFont::DemiBold};
    case TextRole::Small: return {11, 16, QFont::Medium};
    case TextRole::Caption: return {11, 16, QFont::Normal};
    }
    return {13, 18, QFont::Normal};
}

Face faceOf(TextRole role, const QString &family)
{
    const Spec spec = specOf(role);
    QFont font(family);
    font.setPixelSize(spec.size);
    font.setWeight(spec.weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    if (role == TextRole::Section) {
        font.setCapitalization(QFont::AllUppercase);
        font.setLetterSpacing(QFont::PercentageSpacing, 104);
    }
    Face face{.font = font, .metrics = QFontMetricsF(font), .lineHeight = spec.lineHeight};
    qreal narrowest = face.metrics.horizontalAdvance(u'0');
    for (ushort digit = u'0'; digit <= u'9'; ++digit) {
        const qreal width = face.metrics.horizontalAdvance(QChar(digit));
        narrowest = std::min(narrowest, width);
        face.digitWidth = std::max(face.digitWidth, width);
    }
    face.hasTabularDigits = face.digitWidth - narrowest < 0.05;
    return face;
}

} // namespace

Type::Type(const QString &family)
    : m_faces{faceOf(TextRole::Title, family),  faceOf(TextRole::Body, family),
              faceOf(TextRole::Medium, family), faceOf(TextRole::Strong, family),
              faceOf(TextRole::Status, family), faceOf(TextRole::Section, family),
              faceOf(TextRole::Small, family),  faceOf(TextRole::Caption, family)}
{
}

QString chosenFamily(const QString &systemFamily, const QStringList &installed)
{
    static const QStringList generic = {QStringLiteral("sans"),
                                        QStringLiteral("sans serif"),
                                        QStringLiteral("sans-serif"),
                                        QStringLiteral("helvetica"),
                                        QStringLiteral("dejavu sans"),
                                        QStringLiteral("fixed"),
                                        QStringLiteral("bitstream vera sans")};
    if (!systemFamily.isEmpty() && !generic.contains(systemFamily.toLower()))
        return systemFamily;
    for (const auto &wanted : {QStringLiteral("Inter"), QStringLiteral("Noto Sans")}) {
        if (installed.contains(wanted, Qt::CaseInsensitive))
            return wanted;
    }
    return systemFamily;
}

bool isDigit(QChar letter)
{
    return letter >= u'0' && letter <= u'9';
}

QStringList digitRuns(const QString &text)
{
    QStringList runs;
    for (const QChar letter : text) {
        const bool goesOn = !runs.isEmpty() && !isDigit(letter) && !isDigit(runs.last().back());
        if (goesOn)
            runs.last() += letter;
        else
            runs += letter;
    }
    return runs;
}

qreal tabularWidth(const Face &face, const QString &text)
{
    if (face.hasTabularDigits)
        return face.metrics.horizontalAdvance(text);
    qreal width = 0;
    for (const QString &run : digitRuns(text))
        width += isDigit(run.front()) ? face.digitWidth : face.metrics.horizontalAdvance(run);
    return width;
}

} // namespace ringbook::ui
