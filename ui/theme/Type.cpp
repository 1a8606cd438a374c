#include "ui/theme/Type.h"

#include <QCache>
#include <QFontDatabase>
#include <QVector>

#include <algorithm>
#include <cmath>

namespace ringbook::ui {

namespace {

/// Up to this size kerning moves letters by less than half a pixel and takes ten times as long as the rest of
/// the way from text to glyphs.
constexpr int largestQuickSize = 13;

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
    return {font, spec.lineHeight};
}

/// The kept line of that key, made where there is none.
template <typename Key, typename Make>
ShapedLine kept(QCache<Key, ShapedLine> &lines, const Key &key, const Make &make)
{
    if (const ShapedLine *line = lines.object(key))
        return *line;
    auto made = std::make_unique<ShapedLine>(make());
    const ShapedLine line = *made;
    lines.insert(key, made.release());
    return line;
}

} // namespace

/// The font's letters, and what is on the screen and was a few cards ago.
struct Face::Kept
{
    static constexpr int maxLines = 2000;

    explicit Kept(const QRawFont &font) : letters(font) {}

    Letters letters; ///< of the family itself, without those that stand in for missing ones

    QCache<QString, ShapedLine> lines{maxLines};
    QCache<QString, ShapedLine> tabularLines{maxLines};
    QCache<std::pair<QString, int>, ShapedLine> cutLines{maxLines};
};

Face::Face(const QFont &font, int lineHeight)
    : font(font),
      metrics(font),
      lineHeight(lineHeight),
      m_isQuick(font.pixelSize() <= largestQuickSize && font.capitalization() == QFont::MixedCase),
      m_quickFont(font),
      m_kept(std::make_shared<Kept>(QRawFont::fromFont(font)))
{
    if (m_isQuick)
        m_quickFont.setStyleStrategy(QFont::PreferNoShaping);
    qreal narrowest = metrics.horizontalAdvance(u'0');
    for (ushort digit = u'0'; digit <= u'9'; ++digit) {
        const qreal width = metrics.horizontalAdvance(QChar(digit));
        narrowest = std::min(narrowest, width);
        m_digitWidth = std::max(m_digitWidth, width);
    }
    m_hasEvenDigits = m_digitWidth - narrowest < 0.05;
}

qreal Face::baseline(qreal middle) const
{
    return std::round(middle + (metrics.ascent() - metrics.descent()) / 2);
}

const QFont &Face::fontFor(const QString &text) const
{
    return std::ranges::all_of(text, Letters::standsByItself) ? m_quickFont : font;
}

std::optional<QVector<qreal>> Face::advances(const QString &text) const
{
    if (!m_isQuick)
        return std::nullopt;
    QVector<qreal> advances(text.size());
    auto advance = advances.begin();
    for (const QChar letter : text) {
        const Letters::Letter &known = m_kept->letters.of(letter);
        if (known.kind == Letters::Kind::Shaped && letter != QChar::LineSeparator)
            return std::nullopt;
        *advance++ = known.advance;
    }
    return advances;
}

ShapedLine Face::shaped(const QString &text) const
{
    const auto quick = m_isQuick ? ShapedLine::inOrder(text, m_kept->letters) : std::nullopt;
    return quick ? *quick : ShapedLine(text, fontFor(text));
}

ShapedLine Face::line(const QString &text) const
{
    return kept(m_kept->lines, text, [&] { return shaped(text); });
}

ShapedLine Face::lineWithin(const QString &text, qreal width) const
{
    ShapedLine whole = line(text);
    if (whole.width() <= width + 0.5)
        return whole;
    const int room = static_cast<int>(width);
    return kept(m_kept->cutLines, std::pair(text, room),
                [&] { return shaped(QFontMetricsF(fontFor(text)).elidedText(text, Qt::ElideRight, room)); });
}

ShapedLine Face::tabularLine(const QString &text) const
{
    if (m_hasEvenDigits || text.isRightToLeft())
        return line(text);
    return kept(m_kept->tabularLines, text, [&] {
        const auto even = ShapedLine::inOrder(text, m_kept->letters, m_digitWidth);
        return even ? *even : line(text);
    });
}

Type::Type(const QString &family)
    : m_faces{faceOf(TextRole::Title, family),  faceOf(TextRole::Body, family),
              faceOf(TextRole::Medium, family), faceOf(TextRole::Strong, family),
              faceOf(TextRole::Status, family), faceOf(TextRole::Section, family),
              faceOf(TextRole::Small, family),  faceOf(TextRole::Caption, family)}
{
}

QStringList scriptSamples()
{
    using Fonts = QFontDatabase;
    const QVector<std::pair<Fonts::WritingSystem, QString>> words = {
        {Fonts::Latin, QStringLiteral("Aé")},         {Fonts::Greek, QStringLiteral("Ελλάδα")},
        {Fonts::Cyrillic, QStringLiteral("Россия")},  {Fonts::Arabic, QStringLiteral("عربي")},
        {Fonts::Hebrew, QStringLiteral("עברית")},     {Fonts::Thai, QStringLiteral("ไทย")},
        {Fonts::Georgian, QStringLiteral("ქართული")}, {Fonts::Armenian, QStringLiteral("Հայերեն")},
        {Fonts::Myanmar, QStringLiteral("မြန်မာ")},    {Fonts::SimplifiedChinese, QStringLiteral("漢字")},
        {Fonts::Japanese, QStringLiteral("かな")},    {Fonts::Korean, QStringLiteral("한글")}};
    QStringList samples;
    for (const auto &[system, word] : words)
        if (!Fonts::families(system).isEmpty())
            samples += word;
    samples += QStringLiteral("👍🎉"); // looked for in every font where none has them
    return samples;
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

} // namespace ringbook::ui
