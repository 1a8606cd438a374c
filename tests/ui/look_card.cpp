// Draws the card in its states to pictures, for people to look at. Not a test.
//   ringbook-look-card FOLDER [light|dark|contrast] [SCALE] [rtl] [NAME…]

#include "tests/ui/CardWorld.h"
#include "tests/ui/Showcase.h"
#include "ui/theme/ThemeSwitch.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>
#include <QTest>
#include <QTextStream>

using namespace ringbook;

namespace {

constexpr QSize cardAt1366(1366 - ui::size::rail, 768 - ui::size::topBar - ui::size::statusLine);

ui::ThemeChoice choiceOf(const QStringList &words)
{
    if (words.contains("dark"))
        return ui::ThemeChoice::Dark;
    return words.contains("contrast") ? ui::ThemeChoice::HighContrast : ui::ThemeChoice::Light;
}

bool draw(const tests::Showcase &showcase, const QString &file)
{
    tests::CardWorld made;
    ui::CardPage page(made.desks());
    page.resize(cardAt1366);
    page.show();
    page.show(showcase.call, showcase.card);
    QApplication::setActiveWindow(&page);
    page.focusNote();
    QTest::keyClicks(page.focusWidget(), showcase.note);
    if (showcase.hasComplaint)
        QTest::keyClick(&page, Qt::Key_C, Qt::AltModifier);
    page.keepDrafts();
    QCoreApplication::sendPostedEvents();
    return page.grab().save(file);
}

} // namespace

int main(int count, char **values)
{
    for (int i = 1; i < count; ++i) {
        if (QByteArray(values[i]).toDouble() > 0)
            qputenv("QT_SCALE_FACTOR", values[i]);
    }
    QApplication application(count, values);
    const QStringList words = QApplication::arguments().mid(1);
    if (words.isEmpty()) {
        QTextStream(stderr) << "Say where the pictures go: ringbook-look-card FOLDER\n";
        return 2;
    }
    const ui::ThemeSwitch theme(application, choiceOf(words));
    if (words.contains("rtl"))
        QApplication::setLayoutDirection(Qt::RightToLeft);
    QDir().mkpath(words.first());
    bool isWanted = false;
    const auto all = tests::showcases();
    for (const auto &showcase : all)
        isWanted = isWanted || words.contains(showcase.name);
    for (const auto &showcase : all) {
        if (isWanted && !words.contains(showcase.name))
            continue;
        if (!draw(showcase, QDir(words.first()).filePath(showcase.name + ".png")))
            return 1;
    }
    return 0;
}
