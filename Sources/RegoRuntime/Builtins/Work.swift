import Documents

/// How the work of a builtin grows with its operands. It is charged before the call, so that nothing begins that the budget
/// has no room for; what grows faster is charged by the builtin itself as it goes on (`EvaluationContext.spend`).
public struct Work: Sendable {
    /// Steps of the shortest call.
    var base = 0
    /// Steps for 1,024 bytes of a text.
    var perKibibyte = 0
    /// Steps for each element of a collection.
    var perElement = 0
    /// Whether all that is inside a collection counts, and not its elements alone.
    var isDeep = false

    /// The same for any operands.
    public static let constant = Work()
    /// In proportion to the bytes of texts and the elements of collections: a look or two at each.
    public static let length = Work(perKibibyte: 256, perElement: 2)
    /// As `length`, where more is done with each byte or element.
    public static func length(perKibibyte: Int, perElement: Int = 4, base: Int = 0) -> Work {
        Work(base: base, perKibibyte: perKibibyte, perElement: perElement)
    }
    /// In proportion to a text that a parser reads.
    static let reading = Work(perKibibyte: 1024, perElement: 1)
    static let readingYAML = Work(perKibibyte: 4096, perElement: 1)
    /// In proportion to a text that is taken apart character by character.
    static let scanning = Work(perKibibyte: 2048, perElement: 4)
    /// In proportion to a text of a programming language that a parser reads.
    public static let parsing = Work(perKibibyte: 65_536, perElement: 1)
    /// In proportion to the elements of collections that are put in order.
    static let sorting = Work(perKibibyte: 128, perElement: 16)
    /// In proportion to all that is inside of the operands.
    public static let content = Work(perKibibyte: 512, perElement: 4, isDeep: true)
    /// As `content`, where more is done with each byte of the operands' text.
    public static func content(perKibibyte: Int, base: Int = 0) -> Work {
        Work(base: base, perKibibyte: perKibibyte, perElement: 4, isDeep: true)
    }

    /// Steps of a call, and how many bytes the operands' values take as text where they are written as such.
    /// - Parameter limit: more bytes than these need not be counted.
    func cost(_ operands: UnsafeBufferPointer<Value>, upTo limit: Int) -> (steps: Int, bytes: Int) {
        var (steps, bytes) = (base, 0)
        for operand in operands {
            if operand.isCollection, isDeep {
                bytes &+= operand.writtenSize(upTo: limit)
            } else if operand.isCollection {
                steps &+= operand.count &* perElement
            } else if operand.kind == .string || operand.kind == .decimal {
                bytes &+= operand.count
            }
        }
        return (steps &+ (bytes &* perKibibyte) >> 10, isDeep ? bytes : 0)
    }
}
