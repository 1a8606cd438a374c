#pragma once

#include "resources/cmake/precompiled.h"

#include <QApplication>
#include <QPainter>
#include <QWidget>
