import { h, icon } from '../dom.js'
import { t } from '../i18n.js'
import { renderText } from './entities.js'

/**
 * A poll: buttons to vote, or bars with the result. `vote(indexes)` takes the choice; `ticks` is the set of what is
 * ticked and not sent yet, which outlives this element.
 */
export function pollView(poll, vote, ticks = new Set()) {
  const open = !poll.closed && !poll.voted
  const kind = [t(poll.quiz ? 'quiz' : poll.anonymous ? 'anonymousPoll' : 'publicPoll'), poll.closed ? t('pollClosed') : '']
  const element = h('div', { class: `poll${open ? '' : ' done'}` },
    h('div', { class: 'poll-question' }, poll.question),
    h('div', { class: 'poll-kind' }, kind.filter(Boolean).join(' · ')),
    open ? choices(poll, vote, ticks) : results(poll),
    poll.explanation && !open
      ? h('p', { class: 'poll-explanation' }, renderText(poll.explanation, poll.explanation_entities)) : null,
    h('div', { class: 'poll-foot' }, t('votes', { n: poll.total }),
      poll.voted && !poll.closed && !poll.quiz
        ? h('button', { type: 'button', class: 'text-link', onclick: () => vote([]) }, t('retractVote')) : null))
  return element
}

function choices(poll, vote, ticks) {
  if (!poll.multiple) {
    return h('div', { class: 'poll-options', role: 'group', 'aria-label': poll.question }, poll.options.map((option, index) =>
      h('button', { type: 'button', class: 'poll-choice', onclick: () => vote([index]) },
        h('span', { class: 'poll-dot' }), h('span', {}, option.text))))
  }
  const boxes = poll.options.map((option, index) => h('input', { type: 'checkbox', checked: ticks.has(index),
    onchange: (event) => (event.target.checked ? ticks.add(index) : ticks.delete(index)) }))
  const button = h('button', { type: 'button', class: 'text-link poll-vote', disabled: ticks.size === 0,
    onclick: () => vote([...ticks].sort((a, b) => a - b)) }, t('vote'))
  return h('div', { class: 'poll-options', role: 'group', 'aria-label': poll.question,
    onchange: () => { button.disabled = ticks.size === 0 } },
  poll.options.map((option, index) => h('label', { class: 'poll-choice' }, boxes[index], h('span', {}, option.text))), button)
}

function results(poll) {
  const total = Math.max(1, poll.total)
  return h('ul', { class: 'poll-results' }, poll.options.map((option, index) => {
    const share = Math.round((option.votes / total) * 100)
    const right = poll.correct?.includes(index)
    const wrong = poll.quiz && option.mine && !right
    const said = [option.mine ? t('yourVote') : '', right ? t('rightAnswer') : wrong ? t('wrongAnswer') : ''].filter(Boolean)
    return h('li', { class: `poll-result${right ? ' right' : ''}${wrong ? ' wrong' : ''}` },
      h('span', { class: 'poll-share' }, `${share}%`),
      h('span', { class: 'poll-text' }, option.text, option.mine || right ? icon(wrong ? 'close' : 'check', 'mine') : null,
        said.length ? h('span', { class: 'visually-hidden' }, `, ${said.join(', ')}`) : null),
      h('span', { class: 'poll-bar' }, h('span', { style: { width: `${Math.max(2, share)}%` } })))
  }))
}
