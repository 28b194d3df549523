public import Diagnostics
public import Documents

/// Everything fixed at compile time: instructions, constants and tables. Immutable and shared by all threads.
public final class Program: Sendable {
    /// A compiled rule, function or query.
    public struct Function: Sendable {
        /// As messages name it, such as `data.app.allow`.
        public var name: String
        /// First instruction.
        public var start: Int
        /// Registers of its frame; the arguments come first.
        public var registerCount: Int
        public var argumentCount: Int
        /// Path of the virtual document below `data`, for `with` and messages; empty for queries.
        public var path: [Value]
        /// Whether the result can depend on the input document or a nondeterministic builtin.
        public var dependsOnInput: Bool
        /// Whether it loops or calls builtins, so that a look into a memo is cheaper than a run.
        public var isHeavy: Bool

        public init(
            name: String, start: Int = 0, registerCount: Int = 0, argumentCount: Int = 0, path: [Value] = [],
            dependsOnInput: Bool = true, isHeavy: Bool = false
        ) {
            self.name = name
            self.start = start
            self.registerCount = registerCount
            self.argumentCount = argumentCount
            self.path = path
            self.dependsOnInput = dependsOnInput
            self.isHeavy = isHeavy
        }
    }

    /// A place in the tree of virtual documents above the rules.
    public struct Node: Sendable {
        public enum Child: Sendable {
            case node(Int)
            case function(Int)
        }
        /// Path below `data`.
        public var path: [Value]
        public var childKeys: [Value]
        public var children: [Child]

        public init(path: [Value], childKeys: [Value], children: [Child]) {
            self.path = path
            self.childKeys = childKeys
            self.children = children
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
        public enum Kind: Sendable {
            /// A rule's body starts.
            case rule
            case expression
            /// A rule's body has a solution.
            case exit
        }
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

    public let instructions: [Instruction]
    /// Owns the constants' storage.
    public let arena: Arena
    public let constants: [Value]
    public let functions: [Function]
    public let nodes: [Node]
    public let withSites: [WithSite]
    public let builtins: [Builtin]
    public let marks: [Mark]
    public let lines: [LineEntry]
    nonisolated(unsafe) let code: UnsafeMutablePointer<Instruction>
    nonisolated(unsafe) let pool: UnsafeMutablePointer<Value>

    /// Takes ownership of `arena`, in which `constants` live.
    public init(
        instructions: [Instruction], arena: Arena, constants: [Value], functions: [Function], nodes: [Node],
        withSites: [WithSite], builtins: [Builtin], marks: [Mark], lines: [LineEntry]
    ) {
        self.instructions = instructions
        self.arena = arena
        self.constants = constants
        self.functions = functions
        self.nodes = nodes
        self.withSites = withSites
        self.builtins = builtins
        self.marks = marks
        self.lines = lines
        code = .allocate(capacity: max(instructions.count, 1))
        code.initialize(from: instructions, count: instructions.count)
        pool = .allocate(capacity: max(constants.count, 1))
        pool.initialize(from: constants, count: constants.count)
    }

    deinit {
        code.deallocate()
        pool.deallocate()
        arena.destroy()
    }

    /// The value of an operand in a frame.
    public func value(ofOperand operand: Int, in frame: UnsafePointer<Value>) -> Value {
        let index = UInt32(operand)
        return index & Operand.constantBit == 0 ? frame[operand] : constants[Int(index & ~Operand.constantBit)]
    }

    /// The source of the instruction at `index`.
    public func range(ofInstruction index: Int) -> SourceRange? {
        var low = 0, high = lines.count
        while low < high {
            let middle = (low + high) / 2
            if lines[middle].start <= index { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? lines[low - 1].range : nil
    }
}
