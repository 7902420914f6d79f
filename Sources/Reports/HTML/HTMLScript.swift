/// What a page can do beyond being read: sort a table, filter its rows, lead from a number to the rows that it counts.
/// All of it stands in the page without; nothing is fetched. The policy of the page lets this script run, by its hash,
/// and no other.
enum HTMLScript {
  /// - Source: Content Security Policy Level 3, hash sources; of the text between the tags, computed by a test.
  static let hash = "sha256-mW/ZDuyCZdaX6W3l6/FNnZiNeIFhY1Hc9z/u/LPQ+hw="

  /// Free of `<`, so that no reader of markup sees a tag in it.
  static let text = """
    'use strict';(() => {
    const words = document.body.dataset
    const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare
    const fold = (text) => text.normalize('NFD').replace(/\\p{M}/gu, '').toLowerCase()
    const add = (into, tag, set) => into.appendChild(Object.assign(document.createElement(tag), set))
    const resets = new Map()

    for (const table of document.querySelectorAll('.part table')) {
      const rows = [...table.tBodies[0].rows], box = table.parentNode, section = box.parentNode
      const heads = [...table.tHead.rows[0].cells], texts = rows.map((row) => fold(row.textContent))
      const state = { search: '', where: [] }
      const tools = add(section, 'div', { className: 'tools', hidden: 7 > rows.length })
      section.insertBefore(tools, box)
      const search = add(add(tools, 'label', { textContent: words.filter }), 'input', { type: 'search' })
      const pick = add(add(tools, 'label', { textContent: words.sort, className: 'by' }), 'select', {})
      const told = add(tools, 'output', {}), all = add(tools, 'button', { type: 'button', textContent: words.all })

      const show = () => {
        const needles = fold(state.search).split(/\\s+/)
        let count = 0
        rows.forEach((row, index) => {
          row.hidden = !needles.every((needle) => texts[index].includes(needle)) ||
            !state.where.every(([name, value]) => value === null ? row.getAttribute(name) : row.getAttribute(name) === value)
          if (!row.hidden) count += 1
        })
        const on = state.where.length > 0 || needles.some((needle) => needle)
        tools.hidden = !on && 7 > rows.length
        tools.classList.toggle('on', on)
        all.hidden = !on
        // Totals are of all rows.
        if (table.tFoot) table.tFoot.hidden = on
        told.textContent = on ? words.shown.replace(/[01]/g, (place) => place === '0' ? count : rows.length) : ''
      }
      const reset = (where) => { Object.assign(state, { search: '', where }); search.value = ''; show() }
      search.addEventListener('input', () => { state.search = search.value; show() })
      all.addEventListener('click', () => { reset([]); search.focus() })
      resets.set(section, reset)
      show()

      const value = (row, column) => {
        const cell = row.cells[column]
        return cell.classList.contains('null') ? '' : cell.dataset.v ? +cell.dataset.v : cell.textContent
      }
      const compare = (x, y) => typeof x === 'number' && typeof y === 'number' ? x - y : order(x, y)
      const sort = (column, turn) => {
        heads.forEach((head, index) => index === column && turn ? head.setAttribute('aria-sort', turn) :
          head.removeAttribute('aria-sort'))
        const sign = turn === 'descending' ? -1 : 1
        // What has no value is last either way.
        const sorted = turn ? [...rows].sort((a, b) => {
          const [x, y] = [value(a, column), value(b, column)]
          return x === '' || y === '' ? (x === '') - (y === '') : sign * compare(x, y) || rows.indexOf(a) - rows.indexOf(b)
        }) : rows
        table.tBodies[0].append(...sorted)
      }
      add(pick, 'option', { textContent: '–', value: '' })
      heads.forEach((head, column) => {
        add(pick, 'option', { textContent: head.textContent, value: column })
        // No button element: Chromium repeats no head on paper that has one.
        const button = Object.assign(document.createElement('span'), { className: 'sort', tabIndex: 0, textContent: head.textContent })
        button.setAttribute('role', 'button')
        if (rows.length > 1) head.replaceChildren(button)
        button.addEventListener('keydown', (event) => {
          if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); button.click() }
        })
        button.addEventListener('click', () => sort(column, { null: 'ascending', ascending: 'descending' }[head.getAttribute('aria-sort')]))
      })
      pick.addEventListener('change', () => sort(+pick.value, pick.value && 'ascending'))
    }

    const follow = (id, where) => {
      const place = document.getElementById(id), section = place && place.closest('.part')
      if (!resets.has(section) || (place !== section && !place.hidden)) return
      resets.get(section)(where)
      if (place !== section) place.scrollIntoView()
    }
    document.addEventListener('click', (event) => {
      const link = event.target.closest('a[href^="#"]')
      if (!link) return
      const where = link.getAttributeNames().filter((name) => /^data-(is|has)-/.test(name)).map((name) =>
        ['data-' + name.replace(/^data-(is|has)-/, ''), name.startsWith('data-is-') ? link.getAttribute(name) : null])
      follow(link.hash.slice(1), where)
    })
    const fit = () => document.querySelectorAll('.scroll').forEach((box) =>
      { box.tabIndex = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight ? 0 : -1 })
    addEventListener('resize', fit)
    fit()
    })()
    """
}
