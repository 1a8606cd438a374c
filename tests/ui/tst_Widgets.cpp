#include "ui/card/ReasonsPanel.h"
#include "ui/card/RowList.h"
#include "ui/theme/ThemeSwitch.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Chip.h"
#include "ui/widgets/FactRow.h"
#include "ui/widgets/KeyHint.h"
#include "ui/widgets/Paragraph.h"
#include "ui/widgets/StrayChords.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

#include <algorithm>

using namespace ringbook::ui;

namespace {

const QString
    longName(QStringLiteral("Maximiliane Freifrau von und zu Hohenstein-Wartenberg-Lichtenfels-Oberau"));

QImage picture(QWidget &widget)
{
    return widget.grab().toImage();
}

} // namespace

class tst_Widgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_themes = new ThemeSwitch(*qApp, ThemeChoice::Light); }
    void init() { m_themes->choose(ThemeChoice::Light); }

    void aCutNameIsWholeForAssistantsAndInTheToolTip()
    {
        ElidedLabel label(TextRole::Title);
        label.setText(longName);
        label.resize(200, 26);
        label.show();

        QHelpEvent hover(QEvent::ToolTip, QPoint(5, 5), label.mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(&label, &hover);

        QCOMPARE(label.accessibleName(), longName);
        QTRY_VERIFY(QToolTip::text().contains("Oberau"));
        QToolTip::hideText();
    }

    void aToolTipNeverReadsMarkup() { QVERIFY(!plainForToolTip("<img src=x><b>Ana</b>").contains("<img")); }

    void aReasonReadsInItsOwnDirectionInAMirroredWindow()
    {
        ReasonsPanel panel;
        panel.setLayoutDirection(Qt::RightToLeft);
        panel.show({{.lead = "....... ", .subject = "-- ", .tail = "MMMMMMM"}}, {});
        panel.resize(500, panel.sizeHint().height());
        const QImage line = picture(panel).copy(0, 34, 470, 16); // without the bar at the right

        QVector<int> inked;
        for (int x = 0; x < line.width(); ++x)
            for (int y = 0; y < line.height(); ++y)
                if (line.pixelColor(x, y).lightness() < 80)
                    inked.append(x);

        QVERIFY(!inked.isEmpty());
        const int middle = (inked.first() + inked.last()) / 2;
        const auto left = std::count_if(inked.begin(), inked.end(), [&](int x) { return x < middle; });
        QVERIFY2(left < inked.size() / 2, "the dots come first, so the left half has less ink");
    }

    void aMirroredListKeepsItsRowsInside()
    {
        QApplication::setLayoutDirection(Qt::RightToLeft);
        RowList list(RowDelegate::Shape::Entry);
        QApplication::setLayoutDirection(Qt::LeftToRight);
        list.setLayoutDirection(Qt::RightToLeft);
        list.resize(300, 200);
        list.show();

        QVERIFY(list.rect().contains(list.viewport()->geometry()));
        QCOMPARE(list.viewport()->width(), list.width());
    }

    void settingATextOfAFixedPlaceDoesNotMoveItsNeighbours()
    {
        ElidedLabel label;
        const QSize before = label.sizeHint();

        label.setText(longName);

        QCOMPARE(label.sizeHint(), before);
        QCOMPARE(label.minimumSizeHint().width(), 0);
    }

    void markupIsShownAsItWasTyped()
    {
        ElidedLabel markup;
        markup.resize(200, 18);
        markup.setText("<b>Ana</b>");
        ElidedLabel plain;
        plain.resize(200, 18);
        plain.setText("Ana");

        QVERIFY(picture(markup) != picture(plain));
        QCOMPARE(markup.accessibleName(), "<b>Ana</b>");
    }

    void assistantsFindAStaticText()
    {
        Chip chip("Overdue", Tone::Bad);

        const auto *seen = QAccessible::queryAccessibleInterface(&chip);

        QVERIFY(seen);
        QCOMPARE(seen->role(), QAccessible::StaticText);
        QCOMPARE(seen->text(QAccessible::Name), "Overdue");
    }

    void anEmptyChipTakesNoRoom()
    {
        QWidget parent;
        Chip chip(&parent);
        QVERIFY(chip.isHidden());

        chip.setChip("Gold", Tone::Accent);
        QVERIFY(!chip.isHidden());
        QVERIFY(chip.sizeHint().width() > 20);
    }

    void aButtonShowsItsKeyAndActsOnIt()
    {
        QWidget window;
        auto *save = new Button("Save and next", Button::Kind::Primary, &window);
        save->setKeys(QKeySequence(Qt::CTRL | Qt::Key_Return));
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QSignalSpy clicked(save, &Button::clicked);

        QTest::keyClick(&window, Qt::Key_Return, Qt::ControlModifier);

        QCOMPARE(save->keyHint(), "Ctrl+Enter");
        QCOMPARE(clicked.count(), 1);
        QVERIFY(save->sizeHint().height() >= ringbook::ui::size::target);
    }

    void theCursorIsSeenOnAButtonInEveryTheme_data()
    {
        QTest::addColumn<Button::Kind>("kind");
        QTest::addColumn<ThemeChoice>("theme");
        for (const auto theme : {ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast}) {
            const char *name = theme == ThemeChoice::Light  ? "light"
                               : theme == ThemeChoice::Dark ? "dark"
                                                            : "contrast";
            QTest::addRow("primary, %s", name) << Button::Kind::Primary << theme;
            QTest::addRow("secondary, %s", name) << Button::Kind::Secondary << theme;
            QTest::addRow("choice, %s", name) << Button::Kind::Choice << theme;
        }
    }
    void theCursorIsSeenOnAButtonInEveryTheme()
    {
        QFETCH(Button::Kind, kind);
        QFETCH(ThemeChoice, theme);
        m_themes->choose(theme);
        QWidget window;
        Button button("Save", kind, &window);
        QLineEdit elsewhere(&window);
        button.setChecked(kind == Button::Kind::Choice);
        window.show();
        QApplication::setActiveWindow(&window);
        elsewhere.setFocus();
        const QImage without = picture(button);

        button.setFocus();
        QVERIFY(button.hasFocus());
        const QImage with = picture(button);

        int changed = 0;
        for (int y = 0; y < with.height(); ++y)
            for (int x = 0; x < with.width(); ++x)
                changed += with.pixel(x, y) != without.pixel(x, y);
        QVERIFY2(changed >= with.width(), qPrintable(QString::number(changed)));
    }

    void altWithAKeyThatMeansNothingTypesNothing()
    {
        StrayChords strayChords;
        QLineEdit note;
        note.installEventFilter(&strayChords);

        QTest::keyClick(&note, Qt::Key_A, Qt::NoModifier);
        QTest::sendKeyEvent(QTest::Click, &note, Qt::Key_9, QStringLiteral("9"), Qt::AltModifier);
        QTest::sendKeyEvent(QTest::Click, &note, Qt::Key_Q, QStringLiteral("@"),
                            Qt::AltModifier | Qt::ControlModifier);

        QCOMPARE(note.text(), "a@");
    }

    void aChoiceKeepsItsWidthWhenItIsTaken()
    {
        Button choice("Complaint", Button::Kind::Choice);
        const QSize before = choice.sizeHint();

        choice.setChecked(true);

        QCOMPARE(choice.sizeHint(), before);
    }

    void aFactIsCopiedWithoutDirectionMarks()
    {
        FactRow row;
        row.setFact("Mobile", QString(QChar(0x2066)) + "+49 171 39200 47" + QChar(0x2069));
        row.show();

        QTest::keySequence(&row, QKeySequence::Copy);

        QCOMPARE(QApplication::clipboard()->text(), "+49 171 39200 47");
        QCOMPARE(row.accessibleName(), "Mobile: +49 171 39200 47");
    }

    void aParagraphGrowsWithItsTextUpToItsLimit()
    {
        Paragraph paragraph;
        paragraph.setText("one");
        QCOMPARE(paragraph.heightForWidth(200), 18);

        paragraph.setText(QStringLiteral("many words ").repeated(40));
        paragraph.setMaxLines(3);
        QCOMPARE(paragraph.heightForWidth(200), 3 * 18);

        paragraph.setText({});
        QCOMPARE(paragraph.heightForWidth(200), 0);
    }

    void everyWidgetLooksOtherInTheDark()
    {
        Button button("Save", Button::Kind::Primary);
        Chip chip("Overdue", Tone::Bad);
        const QImage lightButton = picture(button);
        const QImage lightChip = picture(chip);

        m_themes->choose(ThemeChoice::Dark);

        QVERIFY(picture(button) != lightButton);
        QVERIFY(picture(chip) != lightChip);
    }

private:
    ThemeSwitch *m_themes = nullptr;
};

QTEST_MAIN(tst_Widgets)
#include "tst_Widgets.moc"
