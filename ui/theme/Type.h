#pragma once

#include "ui/theme/ShapedLine.h"

#include <QFontMetricsF>
#include <QStringList>
#include <QVector>

#include <array>
#include <memory>

namespace ringbook::ui {

/// The sizes of text. The only ones there are.
enum class TextRole {
    Title,   ///< 20/26 semibold: the name
    Body,    ///< 13/18
    Medium,  ///< 13/18 medium: first line of an entry
    Strong,  ///< 13/18 semibold: what a sentence is about
    Status,  ///< 12/16: status line
    Section, ///< 11/16 semibold capitals, a little spaced
    Small,   ///< 11/16 medium: chips, rail
    Caption, ///< 11/16: key hints, asides under a field
};

constexpr std::array allTextRoles = {TextRole::Title,  TextRole::Body,   TextRole::Medium,
                                     TextRole::Strong, TextRole::Status, TextRole::Section,
                                     TextRole::Small,  TextRole::Caption};

/// One size and weight, and the lines lately written in it. UI thread only; copies share what is kept.
class Face
{
public:
    Face(const QFont &font, int lineHeight);

    QFont font;
    QFontMetricsF metrics;
    int lineHeight;

    /// The font that writes this text: kerning costs more than all the rest and is not seen in small letters.
    const QFont &fontFor(const QString &text) const;
    ShapedLine line(const QString &text) const;
    /// No wider than `width`: with dots at its end where it has to be.
    ShapedLine lineWithin(const QString &text, qreal width) const;
    /// With all digits equally wide, so that figures stand still while they count.
    ShapedLine tabularLine(const QString &text) const;

    /// How far each letter takes the line, where no letter changes or moves another: the quick way to wrap a
    /// text. Nothing for other texts.
    std::optional<QVector<qreal>> advances(const QString &text) const;

    /// Where the letters of a line stand whose height has that middle; on a whole pixel.
    qreal baseline(qreal middle) const;
    qreal width(const QString &text) const { return line(text).width(); }
    qreal tabularWidth(const QString &text) const { return tabularLine(text).width(); }

private:
    struct Kept;

    ShapedLine shaped(const QString &text) const;

    bool m_hasEvenDigits = true; ///< by itself
    qreal m_digitWidth = 0;      ///< of the widest digit
    bool m_isQuick;
    QFont m_quickFont; ///< without kerning; for letters that stand beside each other as they are
    std::shared_ptr<Kept> m_kept;
};

/// All faces of one family, made once per theme.
class Type
{
public:
    explicit Type(const QString &family);

    const Face &operator[](TextRole role) const { return m_faces[static_cast<size_t>(role)]; }

private:
    std::array<Face, allTextRoles.size()> m_faces;
};

/// A word in each script that callers' names come in and this machine has a font for; those first that open
/// quickly. The system looks for a font when a script is first written. Without
/// the scripts of India and Cambodia, whose first letter makes Qt 6.4 complain on the error output.
QStringList scriptSamples();

/// The platform's interface font if it has one of its own, else the first of Inter, Noto Sans that is
/// installed, else what the platform said.
QString chosenFamily(const QString &systemFamily, const QStringList &installed);

} // namespace ringbook::ui
