import Diagnostics
import Documents
import GoTemplate
import Text

extension GoValue {
    /// A value read from YAML or JSON as Helm has it: all numbers are fractions.
    /// - Parameter file: the number of the file for origins; nil to keep none. Spans count from its first byte.
    init(_ value: Value, file: Int32? = nil, base: UInt32 = 0, span: ByteSpan = ByteSpan(start: 0, end: 0)) {
        var trace: Trace?
        if let file { trace = Trace(value: TextPlace(file: file, offset: Int32(bitPattern: span.start &- base))) }
        switch value.kind {
        case .undefined, .null, .node: self.init(.null, trace: trace)
        case .bool: self.init(.bool(value.isTrue), trace: trace)
        case .int: self.init(.float(Double(value.rawInt)), trace: trace)
        case .decimal: self.init(.float(NumberText.double(value)), trace: trace)
        case .string: self.init(.string(value.string), trace: trace)
        case .array, .set:
            let isPlaced = file != nil && value.hasPositions
            let items = (0..<value.count).map { index in
                GoValue(
                    value.elements[index], file: file, base: base, span: isPlaced ? value.valueSpan(at: index) : span)
            }
            self.init(.list(GoList(items)), trace: trace)
        case .object:
            let isPlaced = file != nil && value.hasPositions
            var keys: [String] = []
            var values: [GoValue] = []
            keys.reserveCapacity(value.count)
            values.reserveCapacity(value.count)
            for index in 0..<value.count {
                let key = value.keys[index]
                keys.append(key.kind == .string ? key.string : RegoKey.text(key))
                let valueSpan = isPlaced ? value.valueSpan(at: index) : span
                // A collection is where its key is; what is in it has places of its own.
                let isCollection = value.values[index].isCollection
                let place = isPlaced && isCollection ? value.keySpan(at: index) : valueSpan
                values.append(GoValue(value.values[index], file: file, base: base, span: place))
            }
            let isSorted = zip(keys, keys.dropFirst()).allSatisfy { ExactText.precedes($0, $1) }
            let map = isSorted ? GoMap(sortedKeys: keys, values: values) : GoMap(zip(keys, values).map { ($0, $1) })
            self.init(.map(map), trace: trace)
        }
    }
}

/// Keys that are no strings, as texts.
private enum RegoKey {
    static func text(_ key: Value) -> String {
        switch key.kind {
        case .bool: key.isTrue ? "true" : "false"
        case .null: "null"
        default: String(decoding: Array(RegoTermWriter.string(key).utf8), as: UTF8.self)
        }
    }
}
