import GoLibrary
import GoTemplate
import Text

/// What the functions of one rendering share.
final class RenderState {
    let now: Moment
    /// Objects that `lookup` finds.
    let cluster: [GoMap]
    var regexes: [ExactText: GoRegex] = [:]
    /// How often each named template is being included.
    var included: [String: Int] = [:]
    /// The templates of texts given to `tpl`, by text.
    var parsedTexts: [ExactText: [TemplateBody]] = [:]
    private var seed: UInt64?

    init(now: Moment, seed: UInt64?, cluster: [GoMap]) { (self.now, self.seed, self.cluster) = (now, seed, cluster) }

    /// Whether a key that everybody knows may stand for a new one.
    var usesKnownKey = false

    /// The next random number: of the seed's sequence (SplitMix64), else of the system.
    func random() -> UInt64 {
        guard var state = seed else { return .random(in: .min ... .max) }
        state &+= 0x9E37_79B9_7F4A_7C15
        seed = state
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
