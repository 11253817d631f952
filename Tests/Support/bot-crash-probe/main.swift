import BotKit
import Glibc
import Jobs
import PowerLossDisk
import SQLiteStorage
import Storage
import Support

// A small bot for tests that kill it: inbox, state, a dialogue of three steps, and jobs.
//
//   bot-crash-probe DATABASE API-URL TOKEN RUN [VERSION [POWER]]
//
// RUN stands at the end of all it says, so that what was said twice shows which runs said it. Each text carries a word
// of its own, which is in the answer:
//
//   echo W     answered; nothing is stored
//   tally W    answered, then counted and noted in one transaction
//   later W    counted, noted and handed to a job in one transaction; the job answers
//   order W    begins a dialogue, which the next two texts go on with
//   shirt W    begins a conversation, of which VERSION has another version
//   die W      ends the process
//
// With POWER, a number that decides what reaches the disk early, the end of the process is a loss of power: what was
// not synced is gone.
//
// It prints "up" before it handles the first update.

let arguments = CommandLine.arguments
guard (5...7).contains(arguments.count) else { exit(64) }
let run = arguments[4]
let shirts = Shirts(
    effects: arguments[1] + ".effects", run: run, version: arguments.count > 5 ? Int(arguments[5]) ?? 1 : 1)

if arguments.count > 6, let seed = UInt32(arguments[6]), power_loss_disk_install(seed) != 0 { exit(71) }
let database = try await SQLiteDatabase.open(path: arguments[1])
let queue = JobQueue(database: database)
var configuration = BotConfiguration()
configuration.apiURL = arguments[2]
configuration.setsCommands = false
configuration.sending.budgets = .unlimited
configuration.owners = [502]
configuration.longPoll = .seconds(10)
// Kills are not the fault of what was being handled; only `die` is to be set aside.
configuration.attempts = run.hasPrefix("patient") ? 1_000_000 : 2

let bot = try Bot(token: Secret(arguments[3]), database: database, configuration: configuration) { bot in
    bot.use { ctx, next in
        sayUp()
        try await next(ctx)
    }
    bot.dialogue(Order.self) { ctx, state in
        let text = ctx.text ?? ""
        switch state {
        case .size(let word):
            ctx.go(to: Order.colour(of: word, size: text))
            try await ctx.reply("colour \(text) #\(run)")
        case .colour(let word, let size):
            guard let chat = ctx.chatID?.rawValue else { return }
            try await ctx.reply("ordered \(text) #\(run)")
            ctx.endDialogue()
            try await ctx.commit { connection in
                try Notes.add(chat, "order", "\(word) \(size) \(text)", in: connection)
            }
        }
    }
    shirts.declare(in: &bot)
    bot.text { ctx, text in
        guard let chat = ctx.chatID?.rawValue, let space = text.firstIndex(of: " ") else { return }
        let word = String(text[text.index(after: space)...])
        switch text[..<space] {
        case "echo":
            try await ctx.reply("echo \(word) #\(run)")
        case "tally":
            let next = try await ctx.database.read { try Notes.count(chat, in: $0) } + 1
            try await ctx.reply("tally \(word) = \(next) #\(run)")
            try await ctx.commit { try Notes.add(chat, "tally", word, in: $0) }
        case "later":
            try await ctx.commit { connection in
                try Notes.add(chat, "later", word, in: connection)
                try queue.enqueue(
                    Later(chat: chat, word: word), JobOptions(maxAttempts: 1_000_000), in: connection)
            }
        case "order":
            ctx.go(to: Order.size(of: word))
            try await ctx.reply("size \(word) #\(run)")
        case "shirt":
            try await ctx.begin("shirt", with: word)
        case "die":
            abort()
        default:
            try await ctx.reply("what? \(text)")
        }
    }
}
try await bot.prepare()
try await database.migrate(Notes.migrations, component: "probe")
try await queue.migrate()
var handlers = JobHandlers()
let backoff = Backoff(first: .milliseconds(1), limit: .milliseconds(2))
handlers.on(Later.self, policy: JobPolicy(backoff: backoff)) { job, context in
    try await bot.sender.send("later \(job.word) #\(run)", to: ChatID(job.chat))
    try await context.complete { try Notes.add(job.chat, "done", job.word, in: $0) }
    return .done
}
var running = JobRunner.Configuration()
running.owner = "probe"
running.poll = .milliseconds(20)
let shutdown = Shutdown()
TerminationSignals.handle(triggering: shutdown)
try await ServiceGroup([JobRunner(queue, handlers: handlers, configuration: running), bot]).run(until: shutdown)
await database.close()
