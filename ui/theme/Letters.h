#pragma once

#include <QHash>
#include <QRawFont>

namespace ringbook::ui {

/// Glyph and advance of single letters, asked of the font once. UI thread only.
class Letters
{
public:
    struct Letter
    {
        quint32 glyph = 0; ///< 0: the font has not got it
        qreal advance = 0; ///< logical pixels
    };

    explicit Letters(const QRawFont &font) : m_font(font) {}

    const QRawFont &font() const { return m_font; }
    Letter of(QChar letter);

private:
    QRawFont m_font;
    QHash<char16_t, Letter> m_known;
};

} // namespace ringbook::ui
