/// The lines that two texts share and the ones that only one of them has, in the order of a diff.
struct LineEdits {
    enum Kind: String { case same = " ", removed = "-", added = "+" }

    /// Each line once: of the first text, but for what is added.
    private(set) var all: [(kind: Kind, line: Int)] = []

    /// The fewest edits are looked for in so many lines; the search takes memory by their square.
    private static let mostExact = 4000
    /// Lines ahead in which longer texts are looked through for where both go on alike.
    private static let window = 100
    /// Lines that must be alike there.
    private static let run = 3

    init(_ a: [ArraySlice<UInt8>], _ b: [ArraySlice<UInt8>]) {
        let limit = min(a.count, b.count)
        var start = 0, tail = 0
        while start < limit, a[start] == b[start] { start += 1 }
        while tail < limit - start, a[a.count - 1 - tail] == b[b.count - 1 - tail] { tail += 1 }
        var numbers: [ArraySlice<UInt8>: Int] = [:]
        let number = { (line: ArraySlice<UInt8>) -> Int in
            if let known = numbers[line] { return known }
            numbers[line] = numbers.count
            return numbers.count - 1
        }
        let old = a[start..<a.count - tail].map(number), new = b[start..<b.count - tail].map(number)
        all = (0..<start).map { (.same, $0) }
        if old.count + new.count <= Self.mostExact { addFewest(old, new, from: start) } else { addNearest(old, new, from: start) }
        all += (a.count - tail..<a.count).map { (.same, $0) }
    }

    private mutating func addFewest(_ a: [Int], _ b: [Int], from start: Int) {
        var removed = Set<Int>(), inserted = Set<Int>()
        for change in b.difference(from: a) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var i = 0, j = 0
        while i < a.count || j < b.count {
            if i < a.count, removed.contains(i) {
                all.append((.removed, start + i))
                i += 1
            } else if inserted.contains(j) {
                all.append((.added, start + j))
                j += 1
            } else {
                all.append((.same, start + i))
                i += 1
                j += 1
            }
        }
    }

    /// At each difference goes on at the nearest place where both are alike again.
    private mutating func addNearest(_ a: [Int], _ b: [Int], from start: Int) {
        var i = 0, j = 0
        while i < a.count, j < b.count {
            if a[i] == b[j] {
                all.append((.same, start + i))
                i += 1
                j += 1
                continue
            }
            let (gone, new) = Self.nearest(a[i...], b[j...]) ?? (1, 1)
            all += (i..<i + gone).map { (.removed, start + $0) }
            all += (j..<j + new).map { (.added, start + $0) }
            i += gone
            j += new
        }
        all += (i..<a.count).map { (.removed, start + $0) }
        all += (j..<b.count).map { (.added, start + $0) }
    }

    private static func nearest(_ a: ArraySlice<Int>, _ b: ArraySlice<Int>) -> (gone: Int, new: Int)? {
        for distance in 1...window {
            for gone in 0...distance where gone <= a.count && distance - gone <= b.count {
                let rest = (a.dropFirst(gone).prefix(run), b.dropFirst(distance - gone).prefix(run))
                if rest.0.count == min(run, a.count - gone), rest.0.elementsEqual(rest.1) { return (gone, distance - gone) }
            }
        }
        return nil
    }
}
