/// The part of a source line around a place that fits the terminal, escaped, with tabs as spaces.
struct LineWindow {
    /// What to print.
    let text: String
    /// Cells before the marked part.
    let focusColumn: Int
    /// Cells of the marked part; at least 1.
    let focusWidth: Int

    private struct Cell {
        var text: String
        var width: Int
        var isFocus: Bool
    }

    init(file: SourceFile, line: Range<Int>, focus: Range<Int>, maximumWidth: Int) {
        if line.count <= maximumWidth, Self.isPlain(file, line) {
            text = file.text(in: line)
            let marked = focus.clamped(to: line)
            focusColumn = marked.lowerBound - line.lowerBound
            focusWidth = max(1, marked.count)
            return
        }
        let shown = Self.bytesToShow(file: file, line: line, focus: focus, maximumWidth: maximumWidth)
        if Self.isPlain(file, shown) {
            (text, focusColumn, focusWidth) = Self.plain(shown, of: line, file: file, focus: focus, width: maximumWidth - 6)
            return
        }
        var cells = Self.cells(file: file, range: shown, focus: focus)
        var focusIndex = cells.firstIndex(where: \.isFocus) ?? cells.count
        let total = cells.reduce(0) { $0 + $1.width }
        var cutsFront = shown.lowerBound > line.lowerBound
        var cutsBack = shown.upperBound < line.upperBound
        if total > maximumWidth || cutsFront || cutsBack {
            (cutsFront, cutsBack) = Self.trim(
                &cells, focusIndex: &focusIndex, maximumWidth: maximumWidth - 6, cutsFront: cutsFront, cutsBack: cutsBack)
        }
        let before = cells[..<focusIndex].reduce(0) { $0 + $1.width }
        let marked = cells[focusIndex...].prefix(while: \.isFocus).reduce(0) { $0 + $1.width }
        text = (cutsFront ? "..." : "") + cells.map(\.text).joined() + (cutsBack ? "..." : "")
        focusColumn = before + (cutsFront ? 3 : 0)
        focusWidth = max(1, marked)
    }

    private static func isPlain(_ file: SourceFile, _ range: Range<Int>) -> Bool {
        file.isPrintableASCII(range) && !file.bytes[range].withUnsafeBufferPointer(CommandMarks.mayStand)
    }

    /// A part of a line in which each byte takes one cell, which is too long to be shown as a whole.
    private static func plain(
        _ shown: Range<Int>, of line: Range<Int>, file: SourceFile, focus: Range<Int>, width: Int
    ) -> (text: String, focusColumn: Int, focusWidth: Int) {
        let place = focus.isEmpty ? shown.upperBound : min(max(focus.lowerBound, shown.lowerBound), shown.upperBound)
        let start = max(shown.lowerBound, place - max(width / 3, width - (shown.upperBound - place)))
        let end = max(place, min(shown.upperBound, start + width))
        let front = start > line.lowerBound ? "..." : "", back = end < line.upperBound ? "..." : ""
        return (
            front + file.text(in: start..<end) + back, place - start + front.utf8.count,
            max(1, min(focus.upperBound, end) - place)
        )
    }

    /// Limits the work on a minified file of one huge line before decoding anything.
    private static func bytesToShow(file: SourceFile, line: Range<Int>, focus: Range<Int>, maximumWidth: Int) -> Range<Int> {
        let reach = maximumWidth * 4
        var start = max(line.lowerBound, min(focus.lowerBound, line.upperBound) - reach)
        var end = min(line.upperBound, max(focus.lowerBound, line.lowerBound) + reach)
        while start > line.lowerBound, file.bytes[start] & 0xC0 == 0x80 { start -= 1 }
        while end < line.upperBound, file.bytes[end] & 0xC0 == 0x80 { end += 1 }
        return start..<max(start, end)
    }

    private static func cells(file: SourceFile, range: Range<Int>, focus: Range<Int>) -> [Cell] {
        var cells: [Cell] = []
        var column = 0
        var offset = range.lowerBound
        let scalars = Array(file.text(in: range).unicodeScalars), marks = CommandMarks.places(in: scalars)
        for (index, scalar) in scalars.enumerated() {
            var cell = Cell(text: "", width: 0, isFocus: focus.contains(offset))
            if scalar == "\t" {
                cell.width = 4 - column % 4
                cell.text = String(repeating: " ", count: cell.width)
            } else {
                DisplayText.append(scalar, to: &cell.text, keepingTabs: false)
                cell.width = DisplayText.isUnsafe(scalar) ? cell.text.utf8.count : DisplayText.width(of: scalar)
                if marks.contains(index) { (cell.text, cell.width) = ("\\" + cell.text, cell.width + 1) }
            }
            column += cell.width
            cells.append(cell)
            offset += UTF8.width(scalar)
        }
        return cells
    }

    /// Cuts cells from both ends until the line fits, keeping a third of the room before the focus.
    private static func trim(
        _ cells: inout [Cell], focusIndex: inout Int, maximumWidth: Int, cutsFront: Bool, cutsBack: Bool
    ) -> (front: Bool, back: Bool) {
        var before = cells[..<focusIndex].reduce(0) { $0 + $1.width }
        let after = cells[focusIndex...].reduce(0) { $0 + $1.width }
        let room = max(maximumWidth / 3, maximumWidth - after)
        var first = 0
        while before > room {
            before -= cells[first].width
            first += 1
        }
        var width = before
        var last = focusIndex
        while last < cells.count, width + cells[last].width <= maximumWidth {
            width += cells[last].width
            last += 1
        }
        let result = (front: cutsFront || first > 0, back: cutsBack || last < cells.count)
        cells = Array(cells[first..<last])
        focusIndex -= first
        return result
    }
}
