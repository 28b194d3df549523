public import Diagnostics
public import Documents

/// Everything fixed at compile time: instructions, constants and tables. Immutable and shared by all threads.
public final class Program: Sendable {
    /// A compiled rule, function or query. Trivial, so that a table of them can be a part of an image.
    public struct Function: @unchecked Sendable, BitwiseCopyable {
        private let nameText: Value
        private let pathKeys: Value
        /// Start in the low 32 bits, then 16 of registers, 12 of arguments, 2 of properties.
        private let numbers: Value

        /// `name` is a string and `path` an array of strings in the program's arena.
        public init(
            name: Value, path: Value, start: Int, registerCount: Int, argumentCount: Int, dependsOnInput: Bool, isHeavy: Bool
        ) {
            nameText = name
            pathKeys = path
            let properties = (dependsOnInput ? 1 : 0) | (isHeavy ? 2 : 0)
            numbers = .int(start | registerCount << 32 | argumentCount << 48 | properties << 60)
        }

        var parts: [Value] { [nameText, pathKeys, numbers] }
        /// As messages name it, such as `data.app.allow`.
        public var name: String { nameText.string }
        /// Path of the virtual document below `data`, for `with` and messages; empty for queries.
        public var path: UnsafeBufferPointer<Value> { pathKeys.elements }
        /// First instruction.
        public var start: Int { Int(numbers.rawInt & 0xFFFF_FFFF) }
        /// Registers of its frame; the arguments come first.
        public var registerCount: Int { Int(numbers.rawInt >> 32 & 0xFFFF) }
        public var argumentCount: Int { Int(numbers.rawInt >> 48 & 0xFFF) }
        /// Whether the result can depend on the input document or a nondeterministic builtin.
        public var dependsOnInput: Bool { numbers.rawInt >> 60 & 1 != 0 }
        /// Whether it loops or calls builtins, so that a look into a memo is cheaper than a run.
        public var isHeavy: Bool { numbers.rawInt >> 60 & 2 != 0 }
    }

    /// A place in the tree of virtual documents above the rules. Trivial, as `Function`.
    public struct Node: @unchecked Sendable, BitwiseCopyable {
        public enum Child: Sendable {
            case node(Int)
            case function(Int)
        }

        private let pathKeys: Value
        private let keys: Value
        /// Twice the number of a node, or one more than twice the number of a function.
        private let targets: Value

        public init(path: [Value], childKeys: [Value], children: [Child], in arena: Arena) {
            pathKeys = arena.array(path)
            keys = arena.array(childKeys)
            targets = arena.array(
                children.map { child in
                    switch child {
                    case .node(let number): .int(number << 1)
                    case .function(let number): .int(number << 1 | 1)
                    }
                })
        }

        var parts: [Value] { [pathKeys, keys, targets] }
        /// Path below `data`.
        public var path: UnsafeBufferPointer<Value> { pathKeys.elements }
        public var childKeys: UnsafeBufferPointer<Value> { keys.elements }
        /// The child under the key of the same index.
        public func child(_ index: Int) -> Child {
            let target = Int(targets.elements[index].rawInt)
            return target & 1 == 0 ? .node(target >> 1) : .function(target >> 1)
        }
    }

    /// The modifiers of one `with` expression.
    public struct WithSite: Sendable {
        public enum Target: Sendable {
            case input(path: [Value])
            /// `functions` and `nodes` are those at or below the path: base documents win there.
            case data(path: [Value], functions: Set<Int>, nodes: Set<Int>)
            case builtin(Int, by: Replacement)
            case function(Int, by: Replacement)
        }
        public enum Replacement: Sendable {
            case value
            case function(Int)
            case builtin(Int)
        }
        public var targets: [Target]
        /// Functions whose memo is void inside.
        public var affected: [Int]

        public init(targets: [Target], affected: [Int]) {
            self.targets = targets
            self.affected = affected
        }
    }

    /// An expression or rule that instrumented programs report.
    public struct Mark: Sendable {
        public enum Kind: Sendable, Equatable {
            /// A rule's body starts.
            case rule
            case expression
            /// The expression at the place has a solution.
            case passed
            /// A rule's body has a solution.
            case exit
            /// A body inside an expression starts: of `not`, for an element of `every`, of a comprehension.
            case body(Body)
            /// Such a body has a solution.
            case solution
        }

        /// What an inner body belongs to.
        public enum Body: Sendable { case not, every, comprehension }

        public var kind: Kind
        public var range: SourceRange
        /// Names and operands of the variables in scope.
        public var variables: [(name: String, operand: Int)]

        public init(kind: Kind, range: SourceRange, variables: [(name: String, operand: Int)]) {
            self.kind = kind
            self.range = range
            self.variables = variables
        }
    }

    /// The source of the instructions from `start` on.
    public struct LineEntry: Sendable {
        public var start: Int
        public var range: SourceRange
        public init(start: Int, range: SourceRange) { (self.start, self.range) = (start, range) }
    }

    /// Where instructions come from.
    enum Lines: Sendable {
        case entries([LineEntry])
        case image(ProgramImage.Lines)
    }

    /// Owns the constants' storage.
    let arena: Arena
    nonisolated(unsafe) public let instructions: UnsafeBufferPointer<Instruction>
    nonisolated(unsafe) public let constants: UnsafeBufferPointer<Value>
    nonisolated(unsafe) public let functions: UnsafeBufferPointer<Function>
    nonisolated(unsafe) public let nodes: UnsafeBufferPointer<Node>
    public let withSites: [WithSite]
    public let builtins: [Builtin]
    public let marks: [Mark]
    let lines: Lines
    nonisolated(unsafe) let code: UnsafePointer<Instruction>
    nonisolated(unsafe) let pool: UnsafePointer<Value>

    /// Takes ownership of `arena`, in which `constants` and the parts of functions and nodes live.
    public convenience init(
        instructions: [Instruction], arena: Arena, constants: [Value], functions: [Function], nodes: [Node],
        withSites: [WithSite], builtins: [Builtin], marks: [Mark], lines: [LineEntry]
    ) {
        self.init(
            arena: arena, instructions: arena.table(instructions), constants: arena.table(constants),
            functions: arena.table(functions), nodes: arena.table(nodes), withSites: withSites, builtins: builtins,
            marks: marks, lines: .entries(lines))
    }

    /// Takes ownership of `arena`; the tables live in it or for ever.
    init(
        arena: Arena, instructions: UnsafeBufferPointer<Instruction>, constants: UnsafeBufferPointer<Value>,
        functions: UnsafeBufferPointer<Function>, nodes: UnsafeBufferPointer<Node>, withSites: [WithSite],
        builtins: [Builtin], marks: [Mark], lines: Lines
    ) {
        self.arena = arena
        self.instructions = instructions
        self.constants = constants
        self.functions = functions
        self.nodes = nodes
        self.withSites = withSites
        self.builtins = builtins
        self.marks = marks
        self.lines = lines
        code = instructions.baseAddress!
        pool = constants.baseAddress!
    }

    deinit { arena.destroy() }

    /// The value of an operand in a frame.
    public func value(ofOperand operand: Int, in frame: UnsafePointer<Value>) -> Value {
        let index = UInt32(operand)
        return index & Operand.constantBit == 0 ? frame[operand] : constants[Int(index & ~Operand.constantBit)]
    }

    /// The source of the instruction at `index`.
    public func range(ofInstruction index: Int) -> SourceRange? {
        switch lines {
        case .image(let lines): return lines.range(ofInstruction: index)
        case .entries(let lines):
            var low = 0, high = lines.count
            while low < high {
                let middle = (low + high) / 2
                if lines[middle].start <= index { low = middle + 1 } else { high = middle }
            }
            return low > 0 ? lines[low - 1].range : nil
        }
    }
}

extension Arena {
    /// A copy of the elements that lives as long as the arena; never without an address.
    fileprivate func table<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafeBufferPointer<Element> {
        let size = elements.count * MemoryLayout<Element>.stride
        let table = allocate(size).bindMemory(to: Element.self, capacity: elements.count)
        elements.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { table.initialize(from: start, count: source.count) }
        }
        return UnsafeBufferPointer(start: table, count: elements.count)
    }
}
