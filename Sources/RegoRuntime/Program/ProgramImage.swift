public import Diagnostics
public import Documents

/// A compiled program as bytes, so that a library is compiled when it is built and not at each start.
///
/// A header of a page, then the values (with the tables of functions, nodes and constants among them), the places of
/// their pointers, the instructions and the source lines. The pointers are made for `ImageMapping.address`. It is only for the
/// build that wrote it: nothing in it is checked but the header.
public enum ProgramImage {
    private static let magic: UInt64 = 0x31_4741_4D49_4C54_4E

    private enum Field: Int, CaseIterable {
        case magic, valueSize, relocationCount, instructionCount, lineCount, constants, constantCount, functions
        case functionCount, nodes, nodeCount, extras
        /// The values after it begin with a page, so that they can be mapped.
        static let size = ImageMapping.alignment
    }

    /// What a line is made of: the first instruction, the number of its file, the range in it.
    struct Line: BitwiseCopyable {
        var start: UInt32
        var file: UInt32
        var from: UInt32
        var to: UInt32
    }

    /// The bytes of a program without instrumentation, and a value to find with it again.
    public static func encode(_ program: Program, extra: Value) -> [UInt8] {
        var image = ValueImage()
        let arena = Arena.make()
        defer { arena.destroy() }
        var header = [UInt64](repeating: 0, count: Field.size / 8)
        header[Field.constants.rawValue] = UInt64(image.append(Array(program.constants)))
        header[Field.constantCount.rawValue] = UInt64(program.constants.count)
        header[Field.functions.rawValue] = UInt64(image.append(program.functions.flatMap(\.parts)))
        header[Field.functionCount.rawValue] = UInt64(program.functions.count)
        header[Field.nodes.rawValue] = UInt64(image.append(program.nodes.flatMap(\.parts)))
        header[Field.nodeCount.rawValue] = UInt64(program.nodes.count)
        let (lines, files) = lines(of: program)
        let extras = [
            arena.array(program.builtins.map { arena.string($0.name) }), arena.array(files.map { arena.string($0) }),
            arena.array(program.withSites.map { $0.value(in: arena) }), extra,
        ]
        header[Field.extras.rawValue] = UInt64(image.append(extras))
        image.place(at: ImageMapping.address)
        header[Field.magic.rawValue] = magic
        header[Field.valueSize.rawValue] = UInt64((image.bytes.count + 15) & ~15)
        header[Field.relocationCount.rawValue] = UInt64(image.relocations.count)
        header[Field.instructionCount.rawValue] = UInt64(program.instructions.count)
        header[Field.lineCount.rawValue] = UInt64(lines.count)

        var bytes: [UInt8] = []
        func append(_ source: UnsafeRawBufferPointer) {
            bytes.append(contentsOf: source)
            while bytes.count % 16 != 0 { bytes.append(0) }
        }
        header.withUnsafeBytes(append)
        image.bytes.withUnsafeBytes(append)
        image.relocations.withUnsafeBytes(append)
        append(UnsafeRawBufferPointer(program.instructions))
        lines.withUnsafeBytes(append)
        return bytes
    }

    private static func lines(of program: Program) -> ([Line], files: [String]) {
        guard case .entries(let entries) = program.lines else { return ([], []) }
        var files: [String: UInt32] = [:], names: [String] = []
        let lines = entries.map { entry in
            let path = entry.range.file.path
            if files[path] == nil {
                files[path] = UInt32(names.count)
                names.append(path)
            }
            return Line(
                start: UInt32(entry.start), file: files[path] ?? 0, from: entry.range.start, to: entry.range.end)
        }
        return (lines, names)
    }

    /// The program in an image that lives for ever, and the value it was written with; nil when it is none, or needs
    /// builtins that are not there. `file` gives the text of a file by its path, for messages.
    public static func decode(
        _ bytes: UnsafeRawBufferPointer, builtins: BuiltinTable, file: @escaping @Sendable (String) -> SourceFile?
    ) -> (program: Program, extra: Value)? {
        guard bytes.count > Field.size, let start = bytes.baseAddress, UInt(bitPattern: start) % 16 == 0 else { return nil }
        func field(_ field: Field) -> Int {
            Int(truncatingIfNeeded: bytes.load(fromByteOffset: field.rawValue * 8, as: UInt64.self))
        }
        guard field(.magic) == Int(truncatingIfNeeded: magic) else { return nil }
        var offset = Field.size
        func section<Element>(_ type: Element.Type, _ count: Int) -> UnsafeBufferPointer<Element> {
            defer { offset += (count * MemoryLayout<Element>.stride + 15) & ~15 }
            return UnsafeBufferPointer(start: (start + offset).assumingMemoryBound(to: type), count: count)
        }
        let stored = section(UInt8.self, field(.valueSize))
        let relocations = section(UInt32.self, field(.relocationCount))
        let instructions = section(Instruction.self, field(.instructionCount))
        let lines = section(Line.self, field(.lineCount))
        guard offset == bytes.count else { return nil }

        let mapped = ImageMapping.map(UnsafeRawBufferPointer(stored))
        let arena = Arena.make(capacity: mapped == nil ? stored.count + 64 : 64)
        let values =
            mapped
            ?? ValueImage.load(
                UnsafeRawBufferPointer(stored), relocations: relocations, into: arena, placedAt: ImageMapping.address)
        func table<Element>(_ type: Element.Type, _ place: Field, _ count: Field) -> UnsafeBufferPointer<Element> {
            UnsafeBufferPointer(start: (values + field(place)).assumingMemoryBound(to: type), count: field(count))
        }
        let extras = (values + field(.extras)).assumingMemoryBound(to: Value.self)
        let linked = extras[0].elements.compactMap { builtins[$0.string] }
        guard linked.count == extras[0].count else {
            arena.destroy()
            return nil
        }
        let program = Program(
            arena: arena, instructions: instructions, constants: table(Value.self, .constants, .constantCount),
            functions: table(Program.Function.self, .functions, .functionCount),
            nodes: table(Program.Node.self, .nodes, .nodeCount),
            withSites: extras[2].elements.map { Program.WithSite($0) }, builtins: linked, marks: [],
            lines: .image(Lines(table: lines, files: extras[1], file: file)))
        return (program, extras[3])
    }

    /// The lines of an image; files are read when a message names them.
    struct Lines: @unchecked Sendable {
        fileprivate let table: UnsafeBufferPointer<Line>
        fileprivate let files: Value
        fileprivate let file: @Sendable (String) -> SourceFile?

        func range(ofInstruction index: Int) -> SourceRange? {
            var low = 0, high = table.count
            while low < high {
                let middle = (low + high) / 2
                if Int(table[middle].start) <= index { low = middle + 1 } else { high = middle }
            }
            guard low > 0, let file = file(files.elements[Int(table[low - 1].file)].string) else { return nil }
            return SourceRange(file: file, start: table[low - 1].from, end: table[low - 1].to)
        }
    }
}

extension Program.WithSite {
    /// As a value: the targets, each with its kind first, and the affected functions.
    fileprivate func value(in arena: Arena) -> Value {
        func numbers(_ numbers: some Sequence<Int>) -> Value { arena.array(numbers.map { .int($0) }) }
        func replacement(_ replacement: Program.WithSite.Replacement) -> Value {
            switch replacement {
            case .value: numbers([0])
            case .function(let number): numbers([1, number])
            case .builtin(let number): numbers([2, number])
            }
        }
        let targets = targets.map { target in
            switch target {
            case .input(let path): arena.array([.int(0), arena.array(path)])
            case .data(let path, let functions, let nodes):
                arena.array([.int(1), arena.array(path), numbers(functions.sorted()), numbers(nodes.sorted())])
            case .builtin(let number, let by): arena.array([.int(2), .int(number), replacement(by)])
            case .function(let number, let by): arena.array([.int(3), .int(number), replacement(by)])
            }
        }
        return arena.array([arena.array(targets), numbers(affected)])
    }

    fileprivate init(_ value: Value) {
        func numbers(_ value: Value) -> [Int] { value.elements.map { Int($0.rawInt) } }
        func replacement(_ value: Value) -> Program.WithSite.Replacement {
            let parts = numbers(value)
            return parts[0] == 0 ? .value : parts[0] == 1 ? .function(parts[1]) : .builtin(parts[1])
        }
        let targets = value.elements[0].elements.map { target -> Target in
            let parts = target.elements
            switch parts[0].rawInt {
            case 0: return .input(path: Array(parts[1].elements))
            case 1:
                return .data(
                    path: Array(parts[1].elements), functions: Set(numbers(parts[2])), nodes: Set(numbers(parts[3])))
            case 2: return .builtin(Int(parts[1].rawInt), by: replacement(parts[2]))
            default: return .function(Int(parts[1].rawInt), by: replacement(parts[2]))
            }
        }
        self.init(targets: targets, affected: numbers(value.elements[1]))
    }
}
