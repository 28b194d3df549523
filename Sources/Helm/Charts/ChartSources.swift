package import GoTemplate

/// The files of a run by number, so that a place is two small numbers.
package final class ChartSources {
    /// A file, or a flag of the command line.
    package struct Source {
        package var path: String
        package var bytes: [UInt8]
        /// Whether the text was given on the command line.
        package var isFlag: Bool
    }

    package private(set) var sources: [Source] = []
    private var numbers: [String: Int32] = [:]
    /// Whether places are kept at all.
    package let isOn: Bool
    /// What lives as long as the sources.
    var kept: AnyObject?

    package init(isOn: Bool) { self.isOn = isOn }

    /// The number of a file; nil when no places are kept.
    func number(_ file: ChartFile) -> Int32? { isOn ? add(file.path, file.bytes, isFlag: false) : nil }

    /// The number of a text that stands in no file of the chart; nil when no places are kept.
    package func number(of path: String, _ bytes: [UInt8]) -> Int32? { isOn ? add(path, bytes, isFlag: false) : nil }

    /// The number of a flag with its value; nil when no places are kept.
    func number(flag: String, _ text: String) -> Int32? {
        isOn ? add("\(flag) \(text)", Array(text.utf8), isFlag: true) : nil
    }

    private func add(_ path: String, _ bytes: [UInt8], isFlag: Bool) -> Int32 {
        if let known = numbers[path] { return known }
        let number = Int32(sources.count)
        sources.append(Source(path: path, bytes: bytes, isFlag: isFlag))
        numbers[path] = number
        return number
    }

    package subscript(number: Int32) -> Source? { sources.indices.contains(Int(number)) ? sources[Int(number)] : nil }

    /// The 1-based line of a place.
    package func line(_ place: TextPlace) -> Int {
        guard let source = self[place.file] else { return 1 }
        return source.bytes.prefix(Int(place.offset)).count { $0 == 0x0A } + 1
    }
}
