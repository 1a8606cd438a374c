#include "ui/text/Numbers.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Paint.h"
#include "ui/theme/Style.h"
#include "ui/theme/TextBlock.h"
#include "ui/theme/ThemeSwitch.h"
#include "ui/widgets/ElidedLabel.h"

#include <QApplication>
#include <QCheckBox>
#include <QImage>
#include <QListView>
#include <QPaintEngine>
#include <QPainter>
#include <QPixmap>
#include <QStyleOptionButton>
#include <QTest>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

using namespace ringbook::ui;

namespace {

constexpr double readable = 4.5;
constexpr double seen = 3; // what is not text

QList<Theme> themes()
{
    return {lightTheme(), darkTheme(), highContrastTheme()};
}

} // namespace

class tst_Theme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTextCanBeReadOnItsGround()
    {
        for (const Theme &theme : themes()) {
            for (const QColor &ground : {theme.background, theme.panel}) {
                for (const QColor &ink :
                     {theme.ink, theme.ink2, theme.ink3, theme.accent, theme.good, theme.warn, theme.bad})
                    QVERIFY2(contrast(ink, ground) >= readable,
                             qPrintable(ink.name() + " on " + ground.name()));
            }
            QVERIFY(contrast(theme.onAccent, theme.accent) >= readable);
            QVERIFY(contrast(theme.ink, theme.selection) >= readable);
            QVERIFY(contrast(theme.ink2, theme.selection) >= readable);
            QVERIFY(contrast(theme.ink3, theme.selection) >= readable);
            QVERIFY(contrast(theme.ink, theme.accentGround) >= readable);
            QVERIFY(contrast(theme.ink2, theme.accentGround) >= readable);
        }
    }

    void everyToneAndEveryInkCanBeReadOnItsGround()
    {
        for (const Theme &theme : themes()) {
            for (const Tone tone : {Tone::Neutral, Tone::Accent, Tone::Good, Tone::Warn, Tone::Bad})
                for (const QColor &ink : {inkOf(theme, tone), theme.ink, theme.ink2, theme.ink3})
                    QVERIFY2(contrast(ink, groundOf(theme, tone)) >= readable, qPrintable(ink.name()));
        }
    }

    void whereOneCanTypeIsSeen()
    {
        for (const Theme &theme : themes()) {
            QVERIFY(contrast(theme.fieldLine, theme.panel) >= seen);
            QVERIFY(contrast(theme.fieldLine, theme.background) >= seen);
        }
    }

    void highContrastIsBlackAndWhiteWithTwoPixelLines()
    {
        const Theme theme = highContrastTheme();

        QCOMPARE(contrast(theme.ink, theme.panel), 21.0);
        QCOMPARE(theme.lineWidth, 2);
        QCOMPARE(theme.accentGround, theme.panel);
        QVERIFY(theme.underlinesLinks);
    }

    void choosingAThemeChangesWhatWidgetsSeeAtOnce()
    {
        ElidedLabel label;

        m_switch->choose(ThemeChoice::Dark);
        QCOMPARE(themeOf(&label), darkTheme());
        QCOMPARE(QApplication::palette().color(QPalette::Window), darkTheme().background);

        m_switch->choose(ThemeChoice::Light);
        QCOMPARE(themeOf(&label), lightTheme());
        QCOMPARE(QApplication::palette().color(QPalette::Window), lightTheme().background);
    }

    void aBoxToTickIsSeenInEveryTheme()
    {
        for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast}) {
            m_switch->choose(choice);
            QCheckBox box;
            const QColor ground = themeOf(&box).panel;
            QPixmap pixmap(20, 20);
            pixmap.fill(ground);
            QPainter painter(&pixmap);
            QStyleOptionButton option;
            option.rect = QRect(2, 2, 16, 16);
            box.style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &option, &painter, &box);
            painter.end();
            const QImage empty = pixmap.toImage();

            QVERIFY(contrast(empty.pixelColor(10, 2), ground) >= 3);
            option.state |= QStyle::State_On;
            painter.begin(&pixmap);
            box.style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &option, &painter, &box);
            painter.end();
            QVERIFY(pixmap.toImage() != empty);
        }
        m_switch->choose(ThemeChoice::Light);
    }

    void aChangeOfThePlatformIsFollowedOnlyOnRequest()
    {
        QEvent changed(QEvent::ThemeChange);
        m_switch->choose(ThemeChoice::Dark);

        QApplication::sendEvent(qApp, &changed);
        QCOMPARE(themeOf(nullptr), darkTheme());

        m_switch->choose(ThemeChoice::System);
        QApplication::sendEvent(qApp, &changed);
        QCOMPARE(themeOf(nullptr), lightTheme()); // the offscreen platform is not dark
        m_switch->choose(ThemeChoice::Light);
    }

    void listsShowTheirCurrentRowReadably()
    {
        QListView list;
        list.ensurePolished();

        QCOMPARE(list.palette().color(QPalette::Highlight), lightTheme().selection);
        QCOMPARE(list.palette().color(QPalette::HighlightedText), lightTheme().ink);
    }

    void aHairlineIsWholeDevicePixelsAtEveryScale_data()
    {
        QTest::addColumn<double>("scale");
        QTest::addColumn<int>("devicePixels");
        QTest::newRow("100 %") << 1.0 << 1;
        QTest::newRow("125 %") << 1.25 << 1;
        QTest::newRow("150 %") << 1.5 << 1;
        QTest::newRow("199 %") << 1.99 << 1;
        QTest::newRow("200 %") << 2.0 << 2;
    }

    void aHairlineIsWholeDevicePixelsAtEveryScale()
    {
        QFETCH(double, scale);
        QFETCH(int, devicePixels);
        QImage image(60, 60, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(scale);
        image.fill(Qt::white);

        QPainter painter(&image);
        drawHairline(painter, QRectF(0, 0, 20, 7.3), Qt::BottomEdge, Qt::black);
        painter.end();

        int black = 0;
        for (int y = 0; y < image.height(); ++y) {
            const QColor colour = image.pixelColor(4, y);
            QVERIFY(colour == QColor(Qt::black) || colour == QColor(Qt::white));
            black += colour == QColor(Qt::black);
        }
        QCOMPARE(black, devicePixels);
    }

    void ownFontComesOnlyWhereThePlatformHasNone()
    {
        const QStringList installed = {"DejaVu Sans", "Inter", "Noto Sans"};

        QCOMPARE(chosenFamily("Segoe UI", installed), "Segoe UI");
        QCOMPARE(chosenFamily("Cantarell", installed), "Cantarell");
        QCOMPARE(chosenFamily("Sans Serif", installed), "Inter");
        QCOMPARE(chosenFamily("DejaVu Sans", {"DejaVu Sans", "Noto Sans"}), "Noto Sans");
        QCOMPARE(chosenFamily("DejaVu Sans", {"DejaVu Sans"}), "DejaVu Sans");
    }

    void tabularDigitsTakeTheSameRoom()
    {
        const Type type("Inter");
        const Face &face = type[TextRole::Body];

        QCOMPARE(face.tabularWidth("11:11"), face.tabularWidth("00:00"));
        QCOMPARE(face.tabularWidth("17:42"), face.tabularWidth("08:36"));
    }

    void aShapedLineIsWhatTheFontWrites_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("latin") << "Ana Costa, AVATAR To 11";
        QTest::newRow("marks of their own") << QString::fromUtf8("Nguye\u0302\u0303n");
        QTest::newRow("arabic") << QString::fromUtf8("عبد الرحمن الخطيب");
        QTest::newRow("thai and latin") << QString::fromUtf8("สมชาย (Som)");
        QTest::newRow("spaces at the end") << "No call  ";
    }
    void aShapedLineIsWhatTheFontWrites()
    {
        QFETCH(const QString, text);
        const Face face = Type("Inter")[TextRole::Title];
        const auto picture = [](const auto &write) {
            QImage image(400, 60, QImage::Format_ARGB32_Premultiplied);
            image.fill(Qt::white);
            QPainter painter(&image);
            painter.setPen(Qt::black);
            write(painter);
            return image;
        };

        const QImage shaped =
            picture([&](QPainter &painter) { face.line(text).draw(painter, QPointF(10, 40)); });
        const QImage written = picture([&](QPainter &painter) {
            painter.setFont(face.font);
            painter.drawText(QPointF(10, 40), text);
        });

        QCOMPARE(shaped, written);
        QVERIFY(qAbs(face.width(text) - face.metrics.horizontalAdvance(text)) <= 1); // Arabic may overhang
    }

    void noOneSeesWhoDrewTheLetters_data()
    {
        QTest::addColumn<qreal>("scale");
        QTest::addColumn<QColor>("ink");
        QTest::addColumn<QColor>("ground");
        QTest::addColumn<QPointF>("at");
        QTest::addColumn<int>(
            "steps"); // of 255, by which they may differ: no one sees twenty at the edge of a letter
        const QColor light(0xf3, 0xf4, 0xf6), dark(0x17, 0x1b, 0x21), blue(0x1d, 0x4e, 0xd8);
        QTest::newRow("whole pixels") << 1.0 << QColor(Qt::black) << light << QPointF(10, 40) << 2;
        QTest::newRow("grey") << 1.0 << QColor(0x40, 0x49, 0x57) << light << QPointF(10.3, 40.4) << 8;
        QTest::newRow("in the dark") << 1.0 << QColor(0xe6, 0xe9, 0xee) << dark << QPointF(10.6, 40.7) << 14;
        QTest::newRow("half as large again")
            << 1.5 << QColor(0x40, 0x49, 0x57) << light << QPointF(7.15, 20) << 8;
        QTest::newRow("in colour") << 1.0 << blue << light << QPointF(-3.7, 41) << 20;
        QTest::newRow("white on colour") << 2.0 << QColor(Qt::white) << blue << QPointF(5.8, 21) << 20;
        QTest::newRow("seen through") << 1.0 << QColor(20, 30, 40, 120) << light << QPointF(12.6, 33) << 12;
    }
    void noOneSeesWhoDrewTheLetters()
    {
        QFETCH(const qreal, scale);
        QFETCH(const QColor, ink);
        QFETCH(const QColor, ground);
        QFETCH(const QPointF, at);
        QFETCH(const int, steps);
        const Face face = Type("Inter")[TextRole::Body];
        const auto picture = [&](bool isClipped) {
            QImage image(300, 60, QImage::Format_RGB32);
            image.fill(ground);
            QPainter painter(&image);
            painter.scale(scale, scale);
            painter.setClipRect(QRectF(-100, -100, 1000, 1000), isClipped ? Qt::ReplaceClip : Qt::NoClip);
            painter.setPen(ink);
            face.line("Heat pump WP-9: seal replaced").draw(painter, at);
            return image;
        };
        const QImage byUs = picture(false);
        const QImage byQt = picture(true); // who clips draws with Qt
        const auto isNear = [steps](QRgb one, QRgb other) {
            return qAbs(qRed(one) - qRed(other)) <= steps && qAbs(qGreen(one) - qGreen(other)) <= steps &&
                   qAbs(qBlue(one) - qBlue(other)) <= steps;
        };
        for (int y = 0; y < byUs.height(); ++y)
            for (int x = 0; x < byUs.width(); ++x)
                QVERIFY(isNear(byUs.pixel(x, y), byQt.pixel(x, y)));
    }

    void noOneSeesWhatABoxIsPutTogetherOf_data()
    {
        QTest::addColumn<qreal>("scale");
        QTest::addColumn<QSizeF>("size");
        QTest::addColumn<BoxLook>("look");
        const BoxLook panel{.ground = Qt::white, .edge = QColor(0xd0, 0xd4, 0xda), .radius = 6};
        QTest::newRow("a panel") << 1.0 << QSizeF(60, 40) << panel;
        QTest::newRow("half as large again") << 1.5 << QSizeF(60, 40) << panel;
        QTest::newRow("twice as large") << 2.0 << QSizeF(60, 40) << panel;
        QTest::newRow("as small as its corners") << 1.0 << QSizeF(12, 12) << panel;
        const BoxLook handle{.ground = QColor(0x6b, 0x72, 0x80), .radius = 3};
        QTest::newRow("a handle that is all round") << 1.0 << QSizeF(6, 50) << handle;
        QTest::newRow("that, larger") << 2.0 << QSizeF(6, 40) << handle;
    }
    void noOneSeesWhatABoxIsPutTogetherOf()
    {
        QFETCH(const qreal, scale);
        QFETCH(const QSizeF, size);
        QFETCH(const BoxLook, look);
        const QRectF place(QPointF(10, 6), size);
        const auto picture = [&](const auto &draw) {
            QImage image(160, 130, QImage::Format_RGB32);
            image.fill(QColor(0xf3, 0xf4, 0xf6));
            QPainter painter(&image);
            painter.scale(scale, scale);
            draw(painter);
            return image;
        };
        const QImage byParts = picture([&](QPainter &painter) { drawBox(painter, place, look); });
        const QImage asOne = picture([&](QPainter &painter) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(look.ground);
            painter.drawRoundedRect(place, look.radius, look.radius);
            if (!look.edge.isValid())
                return;
            const qreal width = hairlineWidth(painter);
            const QRectF middle = place.adjusted(width / 2, width / 2, -width / 2, -width / 2);
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(look.edge, width));
            painter.drawRoundedRect(middle, look.radius - width / 2, look.radius - width / 2);
        });
        const auto far = [](QRgb one, QRgb other) {
            return std::max({qAbs(qRed(one) - qRed(other)), qAbs(qGreen(one) - qGreen(other)),
                             qAbs(qBlue(one) - qBlue(other))});
        };
        for (int y = 0; y < asOne.height(); ++y)
            for (int x = 0; x < asOne.width(); ++x)
                QVERIFY2(far(byParts.pixel(x, y), asOne.pixel(x, y)) <= 4,
                         qPrintable(QString("%1, %2").arg(x).arg(y)));
    }

    void lettersStayInWhatMayBePainted()
    {
        QImage image(200, 40, QImage::Format_RGB32);
        image.fill(Qt::white);
        image.paintEngine()->setSystemClip(QRegion(0, 0, 50, 40) + QRect(80, 0, 20, 40));
        QPainter painter(&image);
        painter.setPen(Qt::black);
        Type("Inter")[TextRole::Title].line("MMMMMMMMMMMMMM").draw(painter, QPointF(-5, 30));
        painter.end();
        const auto isWritten = [&](int from, int to) {
            for (int x = from; x < to; ++x)
                for (int y = 0; y < image.height(); ++y)
                    if (image.pixel(x, y) != qRgb(255, 255, 255))
                        return true;
            return false;
        };
        QVERIFY(isWritten(0, 50));
        QVERIFY(!isWritten(50, 80));
        QVERIFY(isWritten(80, 100));
        QVERIFY(!isWritten(100, 200));
    }

    void marksAroundLettersThatAllGoTheSameWayDoNothing()
    {
        const Face face = Type("Inter")[TextRole::Body];
        const QString number = QString::fromUtf8("\u2066+49 30 23125 147\u2069 \u00b7 exact");
        const QString arabic = QString::fromUtf8("\u2068عبد\u2069 \u00b7 exact");

        QCOMPARE(face.width(number), face.width(withoutMarks(number)));
        QVERIFY(face.width(arabic) > face.width(QString::fromUtf8(" \u00b7 exact"))); // shaped, not left out
    }

    void aLineIsCutToItsRoomAndNotBefore()
    {
        const Face face = Type("Inter")[TextRole::Body];
        const QString text = "Facility manager, Brandt Klima GmbH";
        const qreal whole = face.width(text);

        QCOMPARE(face.lineWithin(text, whole).width(), whole);
        QVERIFY(face.lineWithin(text, whole - 1).width() <= whole - 1);
        QVERIFY(face.lineWithin(text, whole - 1).width() > whole / 2);
    }

    void aBlockBreaksIntoTheLinesItMayHave()
    {
        const Face face = Type("Inter")[TextRole::Body];
        const QString text = "Wants a date, not another visit window. Will be at home all day.";
        const qreal third = face.width(text) / 3;

        const TextBlock two(text, face, {.width = third, .maxLines = 2});
        QCOMPARE(two.lineCount(), 2);
        QVERIFY(two.isCut());
        QVERIFY(two.width() <= std::ceil(third));
        const TextBlock all(text, face, {.width = third, .maxLines = 9});
        QVERIFY(all.lineCount() >= 3 && all.lineCount() <= 5);
        QVERIFY(!all.isCut());
        QCOMPARE(TextBlock("one\ntwo", face, {.width = third, .maxLines = 3}).lineCount(), 2);
        QCOMPARE(TextBlock(QString(), face, {.width = third}).lineCount(), 0);
    }

    void aTextIsWrappedWhereQtWrapsIt_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"Wants a date, not another visit window. Will be at home all day.", "one\ntwo  three\n\nfour",
              "Wärmepumpe WP-9/2: Öl läuft aus (seit 12.11.), Kessel-Nr. 4711-0815", "Donaudampfschifffahrts",
              "https://example.com/a/very/long/path?with=query&and=more is broken", "Кран течёт с утра",
              "e-mail: ana.costa@example.com – answer by Friday", "a  b   c    d     e      f"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void aTextIsWrappedWhereQtWrapsIt()
    {
        QFETCH(const QString, text);
        const Face face = Type("Inter")[TextRole::Body];
        QTextLayout layout(QString(text).replace(u'\n', QChar::LineSeparator), face.fontFor(text));
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        for (int width = 30; width < 300; width += 3) {
            int lines = 0;
            qreal widest = 0;
            layout.beginLayout();
            for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine(), ++lines) {
                line.setLineWidth(width);
                widest = std::max(widest, line.naturalTextWidth());
            }
            layout.endLayout();
            const TextBlock block(text, face, {.width = qreal(width), .maxLines = 99});
            QCOMPARE(block.lineCount(), lines);
            QVERIFY2(std::abs(block.width() - widest) <= face.width("M"), qPrintable(QString::number(width)));
        }
    }

    void everyIconHasADrawingInItsColour()
    {
        for (int icon = 0; icon <= static_cast<int>(Icon::Lock); ++icon) {
            const QImage image = iconPixmap(static_cast<Icon>(icon), Qt::red, 18, 2).toImage();
            QCOMPARE(image.size(), QSize(36, 36));
            bool hasRed = false;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    hasRed = hasRed || image.pixelColor(x, y) == QColor(Qt::red);
            }
            QVERIFY2(hasRed, qPrintable(QString::number(icon)));
        }
    }

    void onlyDrawingsThatPointAreMirrored()
    {
        const auto drawn = [](Icon icon, Qt::LayoutDirection direction) {
            QImage image(18, 18, QImage::Format_ARGB32_Premultiplied);
            image.fill(Qt::white);
            QPainter painter(&image);
            painter.setLayoutDirection(direction);
            drawIcon(painter, image.rect(), icon, Qt::black, 18);
            painter.end();
            return image;
        };

        QVERIFY(drawn(Icon::Cases, Qt::RightToLeft) != drawn(Icon::Cases, Qt::LeftToRight));
        QCOMPARE(drawn(Icon::Phone, Qt::RightToLeft), drawn(Icon::Phone, Qt::LeftToRight));
    }

    void initTestCase() { m_switch = new ThemeSwitch(*qApp, ThemeChoice::Light); }

private:
    ThemeSwitch *m_switch = nullptr;
};

QTEST_MAIN(tst_Theme)
#include "tst_Theme.moc"
